import type { ReactNode } from 'react';
import type { Screen } from '../../terminal/contract/messages.ts';
import { Attract } from './attract.tsx';
import { Cash } from './cash.tsx';
import { CheckFailed } from './check-failed.tsx';
import { Checking } from './checking.tsx';
import { Confirm } from './confirm.tsx';
import { Counting } from './counting.tsx';
import { Find } from './find.tsx';
import { Found } from './found.tsx';
import { NoPaper } from './no-paper.tsx';
import { NumberEntry } from './number-entry.tsx';
import { OneMoment } from './one-moment.tsx';
import { OutOfService } from './out-of-service.tsx';
import { Paying } from './paying.tsx';
import { Result } from './result.tsx';
import { Service } from './service.tsx';
import { ServiceModeDoor } from './service-mode-door.tsx';

/** The one place that knows which kind of screen is drawn by what. */
export function drawScreen(screen: Screen): ReactNode {
  switch (screen.kind) {
    case 'one-moment':
      return <OneMoment />;
    case 'attract':
      return <Attract screen={screen} />;
    case 'out-of-service':
      return <OutOfService screen={screen} />;
    case 'service':
      return <Service />;
    case 'number':
      return <NumberEntry screen={screen} />;
    case 'checking':
      return <Checking />;
    case 'check-failed':
      return <CheckFailed screen={screen} />;
    case 'confirm':
      return <Confirm screen={screen} />;
    case 'no-paper':
      return <NoPaper />;
    case 'cash':
      return <Cash screen={screen} />;
    case 'counting':
      return <Counting screen={screen} />;
    case 'paying':
      return <Paying screen={screen} />;
    case 'result':
      return <Result screen={screen} />;
    case 'find':
      return <Find screen={screen} />;
    case 'found':
      return <Found screen={screen} />;
    case 'service-mode':
      return <ServiceModeDoor page={screen.page} />;
    default: {
      const never: never = screen;
      return never;
    }
  }
}
