interface SecretDotsProps {
  readonly typed: number;
  readonly of: number;
  readonly shown: string | undefined;
  readonly label: string;
}

/** One place for each digit. What stands in them is shown only if anybody may read it. */
export function SecretDots({ typed, of, shown, label }: SecretDotsProps) {
  return (
    <div className="secret" role="img" aria-label={`${label}: ${typed} / ${of}`}>
      {Array.from({ length: of }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places are the things.
        <span key={place} className="secret-place" data-filled={place < typed || undefined}>
          {shown?.charAt(place)}
        </span>
      ))}
    </div>
  );
}
