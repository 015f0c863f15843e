import {
  BanknoteArrowDown,
  CircleAlert,
  CircleCheck,
  FileQuestionMark,
  History,
  ListChecks,
  type LucideIcon,
  Power,
  Printer,
  ScanLine,
  ScrollText,
  Stethoscope,
} from 'lucide-react';
import { Layout } from '../components/layout.tsx';
import { PressButton } from '../components/press-button.tsx';
import { dateTime } from '../format.ts';
import type { PageProps } from './page-props.ts';
import { knownWords, type ServiceKey, type ServiceWords, useServiceWords } from './service-words.ts';

type HomeView = PageProps<'home'>['page'];

/** What is wrong, what to do about it, and how the devices are. */
export function Home({ page }: PageProps<'home'>) {
  const words = useServiceWords();
  return (
    <Layout
      story={
        <>
          <p className="service-who">
            <b>{page.who.staffId}</b> {words(`role.${page.who.role}`)}
          </p>
          <State trouble={page.trouble} devices={page.devices} />
          <div className="service-tiles">
            {page.sections.map((section) => (
              <Tile key={section} section={section} />
            ))}
            <PressButton action="staff-switch" className="service-tile">
              <Power aria-hidden="true" />
              <span>{words(page.isClosed ? 'button.openSales' : 'button.closeSales')}</span>
            </PressButton>
          </div>
        </>
      }
      act={
        <>
          <section className="work-card service-devices">
            <h2>{words('title.devices')}</h2>
            <ul>
              {page.devices.map((device) => (
                <Device key={device.device} device={device} />
              ))}
            </ul>
          </section>
          {page.events !== undefined && <RecentEvents events={page.events} />}
        </>
      }
    />
  );
}

function State({ trouble, devices }: Pick<HomeView, 'trouble' | 'devices'>) {
  const words = useServiceWords();
  if (trouble === undefined || trouble === 'service-mode') {
    return (
      <section className="service-state" data-well>
        <CircleCheck aria-hidden="true" />
        <div>
          <h1>{words('title.allWell')}</h1>
          <p>{words('hint.noSales')}</p>
        </div>
      </section>
    );
  }
  const cause = causeOf(trouble, devices);
  return (
    <section className="service-state">
      <CircleAlert aria-hidden="true" />
      <div>
        <h1>{words(`trouble.${trouble}` satisfies ServiceKey)}</h1>
        {cause !== undefined && <p>{knownWords(words, 'faultName', cause)}</p>}
        <p>
          {cause === undefined
            ? words(`advice.${trouble}` satisfies ServiceKey)
            : knownWords(words, 'faultAdvice', cause)}
        </p>
      </div>
    </section>
  );
}

/** The acceptor's own word for its trouble is nearer to what a hand can mend. */
function causeOf(
  trouble: NonNullable<HomeView['trouble']>,
  devices: HomeView['devices'],
): string | undefined {
  if (trouble !== 'acceptor-absent' && trouble !== 'acceptor-fault' && trouble !== 'cassette')
    return undefined;
  return devices.find(({ device }) => device === 'acceptor')?.faults[0];
}

const tiles = {
  devices: { icon: Stethoscope, words: 'button.devices' },
  collection: { icon: BanknoteArrowDown, words: 'button.collection' },
  collections: { icon: History, words: 'title.collections' },
  operations: { icon: ListChecks, words: 'title.operations' },
  audit: { icon: ScrollText, words: 'title.audit' },
  notes: { icon: FileQuestionMark, words: 'title.notes' },
} as const satisfies Record<HomeView['sections'][number], { icon: LucideIcon; words: ServiceKey }>;

function Tile({ section }: { readonly section: HomeView['sections'][number] }) {
  const words = useServiceWords();
  const { icon: Icon, words: key } = tiles[section];
  return (
    <PressButton action="staff-open" value={section} className="service-tile">
      <Icon aria-hidden="true" />
      <span>{words(key)}</span>
    </PressButton>
  );
}

/** What a technician asks about first. */
function RecentEvents({ events }: { readonly events: NonNullable<HomeView['events']> }) {
  const words = useServiceWords();
  return (
    <section className="work-card service-events">
      <h2>{words('label.recentEvents')}</h2>
      <ul>
        {events.map((event) => (
          <li key={`${event.atMs} ${event.kind} ${event.about}`}>
            <time>{dateTime(event.atMs)}</time>
            <span>{[knownWords(words, 'event', event.kind), ...aboutWords(words, event)].join(': ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** An alarm and the end of a period are told by name; a person and a model as they are. */
function aboutWords(
  words: ServiceWords,
  { kind, about }: NonNullable<HomeView['events']>[number],
): readonly string[] {
  if (about === '') return [];
  if (kind === 'alarm-raised' || kind === 'alarm-ended') return [knownWords(words, 'alarmName', about)];
  return [kind === 'period-closed' ? knownWords(words, 'reason', about) : about];
}

const icons = { acceptor: ScanLine, printer: Printer } as const;

function Device({ device }: { readonly device: HomeView['devices'][number] }) {
  const words = useServiceWords();
  const Icon = icons[device.device];
  const state = device.isReady
    ? words('device.ready')
    : device.faults.map((fault) => knownWords(words, 'faultName', fault)).join(', ');
  return (
    <li data-well={device.isReady || undefined}>
      <span className="story-icon">
        <Icon aria-hidden="true" />
      </span>
      <span className="service-device-name">
        <b>{words(`device.${device.device}`)}</b>
        <small>{device.name}</small>
        <span className="service-device-state">{state}</span>
      </span>
    </li>
  );
}
