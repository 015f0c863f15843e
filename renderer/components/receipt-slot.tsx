import { Camera } from 'lucide-react';
import { useAround } from '../around.ts';
import type { Key } from '../i18n.ts';
import { Chevrons } from './chevrons.tsx';

export type Print = 'none' | 'printing' | 'printed' | 'not-printed';

const captions = {
  below: 'hint.receiptBelow',
  left: 'hint.receiptLeft',
  right: 'hint.receiptRight',
} as const satisfies Record<string, Key>;

const titles: Readonly<Record<Print, Key>> = {
  none: 'hint.photograph',
  printing: 'hint.printing',
  printed: 'hint.takeReceipt',
  'not-printed': 'fault.receiptNotPrinted',
};

/** Where the slip comes out and how far it is; without paper, what to do instead. */
export function ReceiptSlot({ print, title }: { readonly print: Print; readonly title?: string }) {
  const { words, frame } = useAround();
  const { receiptSlot } = frame.panel;
  const hasPaper = print === 'printing' || print === 'printed';
  return (
    <div className="machine" data-print={print} data-fault={print === 'not-printed' || undefined}>
      <div className="machine-words" role="status">
        <p className="machine-title">{title ?? words(titles[print])}</p>
      </div>
      {hasPaper ? (
        <div className="bezel" aria-hidden="true">
          <span className="bezel-slot" />
          <span className="bezel-throat">
            <span className="paper-receipt">
              <i />
              <i />
              <i />
              <i />
            </span>
          </span>
        </div>
      ) : (
        <div className="camera" aria-hidden="true">
          <Camera />
        </div>
      )}
      {hasPaper && (
        <p className="machine-where" data-toward={receiptSlot}>
          <Chevrons toward={receiptSlot} />
          <span>{words(captions[receiptSlot])}</span>
        </p>
      )}
    </div>
  );
}
