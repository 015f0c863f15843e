import { ArrowRight, Ban, BanknoteArrowUp, Check, Copy, Send, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { PhoneField } from '../components/phone-field.tsx';
import { PressButton } from '../components/press-button.tsx';
import { NotYet } from '../components/primary.tsx';
import { dateTime, money, operationNumber } from '../format.ts';
import { usePresses } from '../press.tsx';
import { LineSign, stateWords } from './operations.tsx';
import type { PageProps } from './page-props.ts';
import { knownWords, reasonWords, type ServiceKey, useServiceWords } from './service-words.ts';
import { inOrder, ShuffledPad } from './shuffled-pad.tsx';

type OperationView = PageProps<'operation'>['page'];
type Shown = NonNullable<OperationView['operation']>;

const faults = {
  unreadable: 'fault.unreadable',
  'number-wrong': 'fault.phoneWrong',
  'not-voided': 'fault.notVoided',
  'nothing-proposed': 'fault.nothingProposed',
  'same-person': 'fault.samePerson',
  'same-wallet': 'fault.sameWallet',
  'wallets-differ': 'fault.walletsDiffer',
} as const satisfies Record<NonNullable<OperationView['fault']>, ServiceKey>;

/** One operation: what it is, what happened to it, and what may be done about it. */
export function Operation({ page }: PageProps<'operation'>) {
  const { asking, operation, fault } = page;
  const words = useServiceWords();
  if (asking?.kind === 'wallet') return <Wallet asking={asking} fault={fault} />;
  return (
    <Layout
      story={
        <>
          <Heading
            title={
              operation === undefined ? words('hint.pinChecking') : operationNumber(operation.operationNumber)
            }
          />
          {operation !== undefined && <Summary operation={operation} />}
          {operation !== undefined && asking === undefined && <Waits operation={operation} />}
          {page.print !== 'none' && (
            <Notice kind="info">
              {words('label.copy')}: {words(`state.slip.${page.print}` satisfies ServiceKey)}
            </Notice>
          )}
          {fault !== undefined && <Notice kind="fault">{words(faults[fault])}</Notice>}
        </>
      }
      act={
        asking === undefined ? (
          operation !== undefined && <History operation={operation} />
        ) : (
          <Question asking={asking} />
        )
      }
      primary={<Deeds page={page} />}
    />
  );
}

function Summary({ operation }: { readonly operation: Shown }) {
  const words = useServiceWords();
  const { amountMinor, notes, reason, nextTryAtMs } = operation;
  return (
    <section className="work-card service-operation">
      <div className="service-operation-head">
        <LineSign sign={operation.sign} />
        <span>
          <b>{amountMinor === undefined ? '—' : money(amountMinor)}</b>
          <small>{stateWords(words, operation)}</small>
        </span>
      </div>
      <dl className="service-facts">
        <dt>{words('label.closedAt')}</dt>
        <dd>{dateTime(operation.atMs)}</dd>
        {nextTryAtMs !== undefined && (
          <>
            <dt>{words('label.nextTry')}</dt>
            <dd>{dateTime(nextTryAtMs)}</dd>
          </>
        )}
        {reason !== undefined && (
          <>
            <dt>{words('label.reason')}</dt>
            <dd>{reasonWords(words, reason)}</dd>
          </>
        )}
        {notes.length > 0 && (
          <>
            <dt>{words('label.notes')}</dt>
            <dd>{noteList(words, notes)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function noteList(words: ReturnType<typeof useServiceWords>, notes: Shown['notes']): ReactNode {
  const counts = new Map<string, number>();
  for (const { valueMinor, state } of notes) {
    const value = valueMinor === undefined ? '—' : money(valueMinor);
    const name = state === 'stacked' ? value : `${value} (${words(`noteState.${state}`)})`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)).join(', ');
}

/** What two persons have begun, or what only the backend can end. */
function Waits({ operation }: { readonly operation: Shown }) {
  const words = useServiceWords();
  const { proposal, isOwnProposal, state } = operation;
  if (state === 'voiding') return <Notice kind="info">{words('hint.voiding')}</Notice>;
  if (proposal === undefined) return null;
  return (
    <section className="work-card service-proposal">
      <h2>{words('label.proposal', { by: proposal.by })}</h2>
      <p>
        <b>{words(`settle.${proposal.as}`)}</b> {knownWords(words, 'reason', proposal.reason)}
      </p>
      {isOwnProposal && <p>{words('hint.secondPerson')}</p>}
    </section>
  );
}

function History({ operation }: { readonly operation: Shown }) {
  const words = useServiceWords();
  return (
    <section className="work-card service-events service-history">
      <h2>{words('label.history')}</h2>
      <ul>
        {operation.history.map((row) => (
          <li key={row.sequence}>
            <time>{dateTime(row.atMs)}</time>
            <span>
              {knownWords(words, 'event', row.kind)} {row.by}{' '}
              {row.why === undefined ? '' : reasonWords(words, row.why)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Question({
  asking,
}: {
  readonly asking: Exclude<NonNullable<OperationView['asking']>, { kind: 'wallet' }>;
}) {
  const words = useServiceWords();
  if (asking.kind === 'void') {
    return (
      <section className="work-card">
        <h2>{words('title.void')}</h2>
        <p>{words('hint.void')}</p>
      </section>
    );
  }
  return <Reasons title={words(`settle.${asking.as}`)} reasons={asking.reasons} />;
}

/** Why, chosen with a finger. */
export function Reasons({ title, reasons }: { readonly title: string; readonly reasons: readonly string[] }) {
  const words = useServiceWords();
  return (
    <section className="service-reasons">
      <h2>
        {title}. {words('label.why')}
      </h2>
      {reasons.map((reason) => (
        <PressButton key={reason} action="staff-reason" value={reason} className="second">
          {knownWords(words, 'reason', reason)}
        </PressButton>
      ))}
    </section>
  );
}

function Deeds({ page }: PageProps<'operation'>) {
  const words = useServiceWords();
  const presses = usePresses();
  if (page.asking?.kind === 'void') {
    return (
      <PressButton action="staff-confirm" className="primary">
        <Ban aria-hidden="true" />
        <span>{words('button.void')}</span>
      </PressButton>
    );
  }
  if (page.asking !== undefined) return null;
  return (
    <div className="service-pages">
      {presses.isOffered('staff-confirm') ? (
        <PressButton action="staff-confirm" className="second">
          <Check aria-hidden="true" />
          <span>{words('button.confirm')}</span>
        </PressButton>
      ) : (
        page.operation?.proposal === undefined && (
          <>
            <PressButton action="staff-propose" value="by-hand" className="second">
              <BanknoteArrowUp aria-hidden="true" />
              <span>{words('settle.by-hand')}</span>
            </PressButton>
            <PressButton action="staff-propose" value="rerouted" className="second">
              <Undo2 aria-hidden="true" />
              <span>{words('settle.rerouted')}</span>
            </PressButton>
          </>
        )
      )}
      <PressButton action="staff-send" className="second">
        <Send aria-hidden="true" />
        <span>{words('button.send')}</span>
      </PressButton>
      <PressButton action="staff-void" className="second">
        <Ban aria-hidden="true" />
        <span>{words('button.void')}</span>
      </PressButton>
      <PressButton action="staff-copy" className="second">
        <Copy aria-hidden="true" />
        <span>{words('button.copy')}</span>
      </PressButton>
    </div>
  );
}

interface WalletProps {
  readonly asking: Extract<NonNullable<OperationView['asking']>, { kind: 'wallet' }>;
  readonly fault: OperationView['fault'];
}

/** Each of the two persons types the wallet for themselves. */
function Wallet({ asking, fault }: WalletProps) {
  const { words: customerWords } = useAround();
  const words = useServiceWords();
  const canGoOn = usePresses().isOffered('staff-next');
  const hint = words(asking.isSecondPerson ? 'hint.walletAgain' : 'hint.wallet');
  return (
    <Layout
      story={
        <>
          <Heading title={words('title.wallet')} hint={hint} />
          <PhoneField digits={asking.digits} />
          {fault !== undefined && <Notice kind="fault">{words(faults[fault])}</Notice>}
        </>
      }
      act={<ShuffledPad order={inOrder} deleteLabel={customerWords('aria.deleteDigit')} />}
      primary={
        canGoOn ? (
          <PressButton action="staff-next" className="primary">
            <span>{words(asking.isSecondPerson ? 'button.confirm' : 'button.propose')}</span>
            <ArrowRight aria-hidden="true" />
          </PressButton>
        ) : (
          <NotYet>{words('title.wallet')}</NotYet>
        )
      }
    />
  );
}
