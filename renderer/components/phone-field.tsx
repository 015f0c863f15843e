import { phoneGroups } from '../format.ts';

/** How people say a number: 701 234 56 67. */
const places = [
  { name: 'operator', size: 3 },
  { name: 'first', size: 3 },
  { name: 'second', size: 2 },
  { name: 'third', size: 2 },
] as const;

/** The number as it grows: what is typed in full ink, what is missing as places to fill. */
export function PhoneField({ digits }: { readonly digits: string }) {
  const groups = phoneGroups(digits);
  const caretAt = places.findIndex(({ size }, index) => (groups[index] ?? '').length < size);
  return (
    <p className="field" role="status" aria-label={`+7 ${groups.join(' ')}`}>
      <span className="field-prefix">+7</span>
      {places.map(({ name, size }, index) => {
        const typed = groups[index] ?? '';
        return (
          <span key={name} className="field-group">
            {typed}
            {index === caretAt && <i className="field-caret" />}
            {typed.length < size && <span className="field-missing">{'_'.repeat(size - typed.length)}</span>}
          </span>
        );
      })}
    </p>
  );
}
