/*
 * The three ends as one family: one size, one place, three shapes. A filled green circle with a tick, an outlined amber
 * ring with a clock, a filled red circle with an exclamation mark; in black and white they still differ.
 */

export type SignKind = 'credited' | 'accepted' | 'needs-help';

export function Sign({ kind }: { readonly kind: SignKind }) {
  return (
    <svg className="sign" data-kind={kind} viewBox="0 0 60 60" aria-hidden="true">
      <Shape kind={kind} />
    </svg>
  );
}

function Shape({ kind }: { readonly kind: SignKind }) {
  switch (kind) {
    case 'credited':
      return (
        <>
          <circle cx="30" cy="30" r="30" className="sign-disc" />
          <path d="M17.5 31L26.5 40L43.5 21.5" className="sign-stroke sign-tick" pathLength="1" />
        </>
      );
    case 'accepted':
      return (
        <>
          <circle cx="30" cy="30" r="27.5" className="sign-ring" />
          <path d="M30 15V30.5L40 37" className="sign-stroke sign-hands" />
        </>
      );
    case 'needs-help':
      return (
        <>
          <circle cx="30" cy="30" r="30" className="sign-disc" />
          <path d="M30 15V33.5" className="sign-stroke" />
          <circle cx="30" cy="44.5" r="3.6" className="sign-dot" />
        </>
      );
  }
}
