import {
  Clock,
  HardDrive,
  type LucideIcon,
  Monitor,
  Palette,
  Printer,
  ScanLine,
  ScrollText,
  Server,
} from 'lucide-react';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { PressButton } from '../components/press-button.tsx';
import { dateTime } from '../format.ts';
import type { PageProps } from './page-props.ts';
import { knownWords, type ServiceKey, type ServiceWords, useServiceWords } from './service-words.ts';
import { Trial, TryButton } from './trial.tsx';

type View = PageProps<'devices'>['page'];
type Chosen = View['chosen'];
type Trouble = NonNullable<Chosen['troubles']>[number];

export const deviceIcons = {
  acceptor: ScanLine,
  printer: Printer,
  screen: Monitor,
  backend: Server,
  disk: HardDrive,
  clock: Clock,
} as const satisfies Record<Chosen['device'], LucideIcon>;

/** All devices at a glance, and one of them in full: what it is, how it is, what to do. */
export function Devices({ page }: PageProps<'devices'>) {
  const words = useServiceWords();
  const { chosen } = page;
  return (
    <Layout
      story={
        <>
          <Heading title={words('button.devices')} />
          <div className="service-device-list">
            {page.devices.map(({ device, isWell }) => (
              <DeviceButton
                key={device}
                device={device}
                isWell={isWell}
                isChosen={device === chosen.device}
              />
            ))}
          </div>
          {page.fault !== undefined && <Notice kind="fault">{words('fault.unreadable')}</Notice>}
        </>
      }
      act={page.test === undefined ? <About chosen={chosen} /> : <Trial test={page.test} />}
      primary={<TryButton page={page} />}
    />
  );
}

/** What it is, how it is, and what it has complained of. */
function About({ chosen }: { readonly chosen: Chosen }) {
  const words = useServiceWords();
  return (
    <>
      <section className="work-card service-device">
        <h2>{words(`device.${chosen.device}`)}</h2>
        <State faults={chosen.faults} />
        <dl className="service-facts">
          {chosen.facts.map((fact) => (
            <div key={fact.fact} className="service-fact">
              <dt>{words(`fact.${fact.fact}` satisfies ServiceKey)}</dt>
              <dd>{valueWords(words, fact)}</dd>
            </div>
          ))}
        </dl>
        {chosen.device === 'screen' && (
          <PressButton action="staff-test" value="picture" className="second service-choice">
            <Palette aria-hidden="true" />
            <span>{words('button.tryPicture')}</span>
          </PressButton>
        )}
        <PressButton action="staff-paper" className="second service-choice">
          <ScrollText aria-hidden="true" />
          <span>{words('title.paper')}</span>
        </PressButton>
      </section>
      {chosen.troubles !== undefined && <Troubles troubles={chosen.troubles} />}
    </>
  );
}

interface DeviceButtonProps {
  readonly device: Chosen['device'];
  readonly isWell: boolean;
  readonly isChosen: boolean;
}

function DeviceButton({ device, isWell, isChosen }: DeviceButtonProps) {
  const words = useServiceWords();
  const Icon = deviceIcons[device];
  return (
    <PressButton action="staff-device" value={device} className="service-line" isSelected={isChosen}>
      <Icon aria-hidden="true" />
      <b>{words(`device.${device}`)}</b>
      <span className="service-device-mark" data-well={isWell || undefined}>
        {isWell ? words('device.ready') : '!'}
      </span>
    </PressButton>
  );
}

/** In plain words, each fault with what a hand can do about it. */
function State({ faults }: Pick<Chosen, 'faults'>) {
  const words = useServiceWords();
  if (faults.length === 0) return <p className="service-device-well">{words('device.ready')}</p>;
  return (
    <ul className="service-faults">
      {faults.map((fault) => (
        <li key={fault}>
          <b>{knownWords(words, 'faultName', fault)}</b>
          <span>{knownWords(words, 'faultAdvice', fault)}</span>
        </li>
      ))}
    </ul>
  );
}

function valueWords(words: ServiceWords, fact: Chosen['facts'][number]): string {
  switch (fact.fact) {
    case 'paper':
      return words(`paper.${fact.paper}`);
    case 'rejectedNotes':
      return words('label.oneOf', { n: fact.count, count: fact.of });
    case 'noteCount':
    case 'slipsOnRoll':
    case 'waitingCount':
      return String(fact.count);
    case 'lastContact':
    case 'rollSince':
    case 'terminalTime':
      return dateTime(fact.atMs);
    default:
      return fact.text;
  }
}

function Troubles({ troubles }: { readonly troubles: readonly Trouble[] }) {
  const words = useServiceWords();
  return (
    <section className="work-card service-events">
      <h2>{words('label.troubles')}</h2>
      {troubles.length === 0 && <p className="service-empty">{words('state.noTroubles')}</p>}
      <ul>
        {troubles.map((trouble) => (
          <li key={`${trouble.atMs} ${trouble.alarm} ${trouble.fault}`}>
            <time>{dateTime(trouble.atMs)}</time>
            <span>{troubleWords(words, trouble)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The fault where a device has several; what alarmed where it has one. */
function troubleWords(words: ServiceWords, { alarm, fault }: Trouble): string {
  return alarm === 'acceptor-trouble' || alarm === 'printer-trouble'
    ? knownWords(words, 'faultName', fault)
    : knownWords(words, 'alarmName', alarm);
}
