import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Step } from '../../api/types';
import { stepLabel } from '../../ui/status';
import { Took } from '../../ui/Time';
import classes from './Steps.module.css';

const MEANING: Record<string, string> = {
  fetching: 'Find the commit or image',
  building: 'Build the image',
  pushing: 'Bring it to the server',
  releasing: 'Run the release command',
  starting: 'Start new containers',
  checking: 'Wait until they answer',
  switching: 'Switch traffic over',
  draining: 'Let the old ones finish',
};

/** An image that is built where it runs is brought nowhere: then that step is not worth a line. */
function concerns({ name, state }: Step): boolean {
  return name !== 'pushing' || !['pending', 'skipped'].includes(state);
}

/** The steps of a deployment from top to bottom, each with how long it took. */
export function Steps({ steps, over }: { steps: Step[]; over: boolean }) {
  return (
    <ol className={classes.steps} aria-label="Steps">
      {steps.filter(concerns).map((step) => (
        <li
          key={step.name}
          className={classes.step}
          data-state={step.state}
          data-step={step.name}
          aria-current={step.state === 'running' ? 'step' : undefined}
        >
          <span className={classes.mark} aria-hidden>
            {step.state === 'succeeded' && <IconCheck size={12} stroke={3} />}
            {step.state === 'failed' && <IconX size={12} stroke={3} />}
          </span>
          <span className={classes.name}>
            {MEANING[step.name] ?? stepLabel(step.name)}
            <VisuallyHidden>: {step.state}</VisuallyHidden>
          </span>
          <span className={classes.took}>
            {step.state === 'skipped' ? (
              'skipped'
            ) : (
              <Took from={step.startedAt} to={step.finishedAt ?? (over ? step.startedAt : undefined)} />
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
