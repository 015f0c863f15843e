import {
  BanknoteArrowDown,
  CircleAlert,
  CircleCheck,
  FileQuestionMark,
  History,
  ListChecks,
  type LucideIcon,
  Printer,
  ScanLine,
  ScrollText,
} from 'lucide-react';
import { Layout } from '../components/layout.tsx';
import { PressButton } from '../components/press-button.tsx';
import { dateTime } from '../format.ts';
import type { PageProps } from './page-props.ts';
import { knownWords, type ServiceKey, useServiceWords } from './service-words.ts';

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
          <State trouble={page.trouble} />
          {page.sections.length > 0 && (
            <div className="service-tiles">
              {page.sections.map((section) => (
                <Tile key={section} section={section} />
              ))}
            </div>
          )}
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

function State({ trouble }: { readonly trouble: HomeView['trouble'] }) {
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
  return (
    <section className="service-state">
      <CircleAlert aria-hidden="true" />
      <div>
        <h1>{words(`trouble.${trouble}` satisfies ServiceKey)}</h1>
        <p>{words(`advice.${trouble}` satisfies ServiceKey)}</p>
      </div>
    </section>
  );
}

const tiles = {
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
            <span>
              {knownWords(words, 'event', event.kind)} {event.about}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
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
