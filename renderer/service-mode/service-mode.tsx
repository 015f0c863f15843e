import { ChevronLeft, Languages, LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { type ServicePageView, serviceModeSchema } from '../../terminal/contract/service-mode.ts';
import { useAround } from '../around.ts';
import { PressButton } from '../components/press-button.tsx';
import { Audit } from './audit.tsx';
import { ClosesSoon } from './closes-soon.tsx';
import { Collection } from './collection.tsx';
import { CollectedCash, Collections } from './collections.tsx';
import { Devices } from './devices.tsx';
import { Home } from './home.tsx';
import { Leaving } from './leaving.tsx';
import { Notes } from './notes.tsx';
import { Operation } from './operation.tsx';
import { FindOperation, Operations } from './operations.tsx';
import { Paper } from './paper.tsx';
import { useServiceWords } from './service-words.ts';
import { ChoosePin, Enrol, SignIn } from './sign-in.tsx';
import { TryLater } from './try-later.tsx';
import './service-mode.css';

/** Everything that staff see. A page that this screen cannot read is not drawn: the way out stays. */
export function ServiceMode({ page }: { readonly page: Readonly<Record<string, unknown>> }) {
  const read = serviceModeSchema.safeParse(page);
  const closesInMs = read.success ? read.data.closesInMs : undefined;
  return (
    <div className="service-mode">
      <div className="service-page" inert={closesInMs !== undefined}>
        {read.success && drawPage(read.data.page)}
        <ServiceBar isLeaving={read.success && read.data.page.kind === 'leaving'} />
      </div>
      {closesInMs !== undefined && <ClosesSoon closesInMs={closesInMs} />}
    </div>
  );
}

/** The one place that knows which page is drawn by what. */
function drawPage(page: ServicePageView): ReactNode {
  switch (page.kind) {
    case 'try-later':
      return <TryLater />;
    case 'enrol':
      return <Enrol page={page} />;
    case 'sign-in':
      return <SignIn page={page} />;
    case 'choose-pin':
      return <ChoosePin page={page} />;
    case 'home':
      return <Home page={page} />;
    case 'collection':
      return <Collection page={page} />;
    case 'operations':
      return <Operations page={page} />;
    case 'find-operation':
      return <FindOperation page={page} />;
    case 'operation':
      return <Operation page={page} />;
    case 'notes':
      return <Notes page={page} />;
    case 'audit':
      return <Audit page={page} />;
    case 'collections':
      return <Collections page={page} />;
    case 'paper':
      return <Paper page={page} />;
    case 'leaving':
      return <Leaving page={page} />;
    case 'devices':
      return <Devices page={page} />;
    case 'collected':
      return <CollectedCash page={page} />;
    default: {
      const never: never = page;
      return never;
    }
  }
}

/** The way out stands where customers have their way back; a page that asks about it has its own. */
function ServiceBar({ isLeaving }: { readonly isLeaving: boolean }) {
  const words = useServiceWords();
  const { words: customerWords } = useAround();
  return (
    <nav className="bar service-bar">
      <PressButton action="staff-back" className="bar-button">
        <ChevronLeft aria-hidden="true" />
        <span>{customerWords('button.back')}</span>
      </PressButton>
      {!isLeaving && (
        <PressButton action="staff-leave" className="bar-button">
          <LogOut aria-hidden="true" />
          <span>{words('button.leave')}</span>
        </PressButton>
      )}
      <PressButton action="open-languages" className="bar-button">
        <Languages aria-hidden="true" />
        <span>{customerWords('button.language')}</span>
      </PressButton>
    </nav>
  );
}
