import { Group, Text } from '@mantine/core';
import type { ApplicationStatus } from '../../api/types';
import { applicationAppearance } from '../../ui/status';
import classes from './Replicas.module.css';

interface ReplicasProps {
  running: number;
  wanted: number;
  state: ApplicationStatus['state'];
}

const MAX_DRAWN = 24;

/** The replicas as windows of the keep: lit where one runs. */
export function Replicas({ running, wanted, state }: ReplicasProps) {
  const drawn = Math.min(Math.max(wanted, running), MAX_DRAWN);
  const { tone } = applicationAppearance(state);
  return (
    <Group gap="md" align="center">
      <div className={classes.windows} aria-hidden>
        {Array.from({ length: drawn }, (_, index) => (
          <span key={index} className={classes.window} data-lit={index < running} data-tone={tone} />
        ))}
      </div>
      <Text size="sm">
        <b>{running}</b> of {wanted} {wanted === 1 ? 'replica' : 'replicas'} running
      </Text>
    </Group>
  );
}
