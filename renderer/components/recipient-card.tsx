import { UserRound } from 'lucide-react';
import { useAround } from '../around.ts';

interface RecipientCardProps {
  readonly holderMasked: string | undefined;
  readonly walletMasked: string;
}

/** Whose wallet it is, as far as this screen may tell. */
export function RecipientCard({ holderMasked, walletMasked }: RecipientCardProps) {
  const { words } = useAround();
  return (
    <div className="recipient">
      <Initial holderMasked={holderMasked} />
      <span className="recipient-text">
        <b>{holderMasked ?? words('label.wallet')}</b>
        <span className="recipient-number">{walletMasked}</span>
      </span>
      <span className="chip-free">{words('label.noCommission')}</span>
    </div>
  );
}

export function Initial({ holderMasked }: { readonly holderMasked: string | undefined }) {
  return (
    <span className="initial" aria-hidden="true">
      {holderMasked === undefined ? <UserRound /> : holderMasked.charAt(0)}
    </span>
  );
}
