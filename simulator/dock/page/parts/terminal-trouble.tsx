import { awayMinutes, type World } from '../../contract.ts';
import { durationInWords } from '../words.ts';
import { Do } from './controls.tsx';

/** The computer in the cabinet. */
export function TerminalTrouble({ world }: { readonly world: World }) {
  return (
    <div className="halves">
      <div>
        <h3>Crash</h3>
        <p className="quiet">
          Ends the terminal’s process with <code>kill -9</code>, in the middle of whatever it does. It is
          started again, reads its journal, asks the acceptor and goes on. Started {world.hostStarts}{' '}
          {world.hostStarts === 1 ? 'time' : 'times'} so far; five crashes in ten minutes take it out of
          service.
        </p>
        <div className="row">
          <Do command={{ kind: 'kill-host' }} tone="danger" disabled={world.host !== 'running'}>
            Kill the terminal
          </Do>
        </div>
      </div>
      <div>
        <h3>Let time pass</h3>
        <p className="quiet">
          A running terminal cannot be hurried: its devices answer in real time. Switched off and on again it
          finds that it is later: promises have run out, the queue is sent again, a new day has its register.
        </p>
        <div className="row">
          {awayMinutes.map((minutes) => (
            <Do key={minutes} command={{ kind: 'away', minutes }} disabled={world.host !== 'running'}>
              Switch off for {durationInWords(minutes * 60_000)}
            </Do>
          ))}
        </div>
      </div>
    </div>
  );
}
