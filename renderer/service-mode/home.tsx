import { CircleAlert, CircleCheck, Printer, ScanLine } from 'lucide-react';
import { Layout } from '../components/layout.tsx';
import type { PageProps } from './page-props.ts';
import { faultWords, type ServiceKey, useServiceWords } from './service-words.ts';

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
        </>
      }
      act={
        <section className="service-devices">
          <h2>{words('title.devices')}</h2>
          <ul>
            {page.devices.map((device) => (
              <Device key={device.device} device={device} />
            ))}
          </ul>
        </section>
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

const icons = { acceptor: ScanLine, printer: Printer } as const;

function Device({ device }: { readonly device: HomeView['devices'][number] }) {
  const words = useServiceWords();
  const Icon = icons[device.device];
  const state = device.isReady
    ? words('device.ready')
    : device.faults.map((fault) => faultWords(words, fault)).join(', ');
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
