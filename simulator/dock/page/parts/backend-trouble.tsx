import { useState } from 'react';
import { type CallName, callNames } from '../../../wallet/call-names.ts';
import type { WalletFaultPlan } from '../../../wallet/faults.ts';
import type { World } from '../../contract.ts';
import { callWords, faultGroups, isSameFault } from '../fault-words.ts';
import { Switch } from './controls.tsx';

type Scope = Omit<WalletFaultPlan, 'fault'>;

const howOften = [
  { label: 'until switched off', times: undefined },
  { label: 'once', times: 1 },
  { label: 'three times', times: 3 },
] as const;

/** The wire to the backend, and everything the backend can do wrong. */
export function BackendTrouble({ world }: { readonly world: World }) {
  const [call, setCall] = useState<CallName>();
  const [often, setOften] = useState(0);
  const times = howOften[often]?.times;
  const scope: Scope = { ...(call !== undefined && { call }), ...(times !== undefined && { times }) };
  return (
    <>
      <div className="row scope">
        <Switch
          label="Network cable pulled out"
          isOn={!world.networkPlugged}
          on={{ kind: 'network', plugged: false }}
          off={{ kind: 'network', plugged: true }}
        />
        <label>
          The next fault concerns
          <select
            value={call ?? ''}
            onChange={({ target }) => setCall(callNames.find((name) => name === target.value))}
          >
            <option value="">every call</option>
            {callNames.map((name) => (
              <option key={name} value={name}>
                {callWords[name]}
              </option>
            ))}
          </select>
        </label>
        <label>
          and lasts
          <select value={often} onChange={({ target }) => setOften(Number(target.value))}>
            {howOften.map(({ label }, index) => (
              <option key={label} value={index}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      {faultGroups.map(({ title, faults }) => (
        <div key={title}>
          <h3>{title}</h3>
          <div className="switches">
            {faults.map(({ fault, title: label, effect }) => {
              const active = world.faults.find((plan) => isSameFault(plan.fault, fault));
              return (
                <Switch
                  key={label}
                  label={label}
                  hint={effect}
                  isOn={active !== undefined}
                  tag={active && scopeInWords(active)}
                  on={{ kind: 'fault-on', plan: { fault, ...scope } }}
                  off={{ kind: 'fault-off', fault: fault.kind }}
                />
              );
            })}
          </div>
        </div>
      ))}
    </>
  );
}

function scopeInWords({ call, times }: Scope): string | undefined {
  const where = call === undefined ? undefined : callWords[call];
  const often = times === undefined ? undefined : times === 1 ? 'once' : `${times} times`;
  const words = [where, often].filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join(', ');
}
