import { ChevronDown, ChevronLeft, ChevronRight } from 'lucide-react';

const icons = { below: ChevronDown, left: ChevronLeft, right: ChevronRight } as const;

/** Three chevrons that run toward a real opening of the machine. */
export function Chevrons({ toward }: { readonly toward: keyof typeof icons }) {
  const Icon = icons[toward];
  return (
    <span className="chevrons" data-toward={toward} aria-hidden="true">
      <Icon />
      <Icon />
      <Icon />
    </span>
  );
}
