import { Check } from 'lucide-react';
import { useAround } from '../around.ts';
import type { Key } from '../i18n.ts';

const steps = ['number', 'check', 'cash', 'receipt'] as const;
export type VisitStep = (typeof steps)[number];

const labels: Readonly<Record<VisitStep, Key>> = {
  number: 'label.stepNumber',
  check: 'label.stepCheck',
  cash: 'label.stepCash',
  receipt: 'label.stepReceipt',
};

/** Where the visit is. */
export function VisitSteps({ step }: { readonly step: VisitStep }) {
  const { words } = useAround();
  const at = steps.indexOf(step);
  return (
    <ol className="steps">
      {steps.map((name, index) => (
        <li
          key={name}
          data-state={index < at ? 'behind' : index === at ? 'here' : 'ahead'}
          aria-current={index === at ? 'step' : undefined}
        >
          <span className="step-mark">{index < at ? <Check aria-hidden="true" /> : index + 1}</span>
          <span className="step-label">{words(labels[name])}</span>
        </li>
      ))}
    </ol>
  );
}
