import { phoneGroups } from '../format.ts';

const groupSizes = [3, 3, 2, 2];

/** The number as it grows: what is typed in full ink, what is missing as places to fill. */
export function PhoneField({ digits }: { readonly digits: string }) {
  const groups = phoneGroups(digits);
  const groupAt = groups.findIndex((group, index) => group.length < (groupSizes[index] ?? 0));
  const caretGroup = groupAt === -1 ? groups.length : groupAt;
  return (
    <p className="field" role="status" aria-label={`+7 ${groups.join(' ')}`}>
      <span className="field-prefix">+7</span>
      {groupSizes.map((size, index) => {
        const typed = groups[index] ?? '';
        return (
          // biome formats one line; the key is the place of the group in the number
          <span key={`${index}-${size}`} className="field-group">
            {typed}
            {index === caretGroup && <i className="field-caret" />}
            {typed.length < size && <span className="field-missing">{'_'.repeat(size - typed.length)}</span>}
          </span>
        );
      })}
    </p>
  );
}
