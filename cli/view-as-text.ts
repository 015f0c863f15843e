import type { Screen, ScreenView } from '../terminal/contract/messages.ts';
import { formatMinor, minor } from '../terminal/money.ts';

/** A screen for people at a prompt: what it says, and which buttons it has. */
export function describeView(view: ScreenView): string {
  const lines = [
    `── ${view.screen.kind} ${'─'.repeat(Math.max(0, 60 - view.screen.kind.length))}`,
    ...details(view.screen),
  ];
  if (view.question !== undefined) lines.push(`Still here? Silence ${view.question.silence} the visit.`);
  lines.push(`buttons: ${view.offers.map((offer) => offer.action).join(', ') || '(none)'}`);
  return lines.join('\n');
}

function details(screen: Screen): readonly string[] {
  switch (screen.kind) {
    case 'number':
      return [`+7 ${screen.digits}`, ...(screen.fault === undefined ? [] : [screen.fault])];
    case 'confirm':
      return [
        `${screen.wallet} ${screen.holderMasked ?? ''}`,
        `up to ${money(screen.limitMinor)}, no commission`,
      ];
    case 'check-failed':
    case 'out-of-service':
      return [screen.reason];
    case 'cash':
      return [
        `inserted ${money(screen.insertedMinor)}, room for ${money(screen.roomMinor)}`,
        `note: ${screen.note}${screen.comingBack === undefined ? '' : ` (${screen.comingBack})`}`,
        screen.isAcceptorOpen ? 'the mouth is lit' : 'the mouth is dark',
      ];
    case 'paying':
      return [money(screen.amountMinor)];
    case 'result':
      return [
        `${screen.result.kind}: ${money(screen.amountMinor)}, operation ${screen.operationNumber}`,
        `slip: ${screen.print}`,
      ];
    case 'find':
      return [screen.field, screen.digits, ...(screen.fault === undefined ? [] : [screen.fault])];
    case 'found':
      return [`${screen.result.kind}: ${money(screen.amountMinor)}`, `copy: ${screen.print}`];
    case 'service-mode':
      return [JSON.stringify(screen.page)];
    case 'one-moment':
    case 'attract':
    case 'service':
    case 'checking':
    case 'no-paper':
    case 'counting':
      return [];
  }
}

function money(amountMinor: number): string {
  return formatMinor(minor(amountMinor));
}
