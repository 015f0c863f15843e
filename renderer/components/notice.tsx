import { CircleAlert, Info, ShieldAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';

const icons = { fault: CircleAlert, info: Info, offline: WifiOff, guard: ShieldAlert } as const;

interface NoticeProps {
  readonly kind: keyof typeof icons;
  readonly children: ReactNode;
}

/** One sentence that must be seen, with a sign of its own so that colour is never alone. */
export function Notice({ kind, children }: NoticeProps) {
  const Icon = icons[kind];
  return (
    <p className="notice" data-kind={kind} role={kind === 'fault' ? 'alert' : undefined}>
      <Icon aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
