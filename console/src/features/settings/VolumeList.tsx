import { ActionIcon, Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Volume } from '../../api/types';
import classes from './Settings.module.css';

interface VolumeListProps {
  volumes: Volume[];
  onChange: (volumes: Volume[]) => void;
  fault: string | undefined;
}

/** Data that outlives containers: named volumes and where they are mounted. */
export function VolumeList({ volumes, onChange, fault }: VolumeListProps) {
  const change = (index: number, part: Partial<Volume>) =>
    onChange(volumes.map((volume, at) => (at === index ? { ...volume, ...part } : volume)));
  return (
    <Stack gap={8}>
      <div>
        <Text size="sm" fw={500}>
          Volumes
        </Text>
        <Text size="xs" c="dimmed">
          Data that outlives the containers. Everything else in a container is gone with it.
        </Text>
      </div>
      {volumes.map((volume, index) => (
        <div key={index} className={classes.volume}>
          <TextInput
            aria-label={`Volume ${index + 1}: name`}
            placeholder="data"
            required
            value={volume.name}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Volume ${index + 1}: path in the container`}
            placeholder="/var/lib/data"
            required
            value={volume.mountPath}
            onChange={(event) => change(index, { mountPath: event.currentTarget.value })}
          />
          <Checkbox
            label="Read only"
            checked={volume.readOnly}
            onChange={(event) => change(index, { readOnly: event.currentTarget.checked })}
          />
          <ActionIcon
            aria-label={`Remove volume ${volume.name || index + 1}`}
            onClick={() => onChange(volumes.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      {fault && (
        <Text size="xs" c="red">
          {fault}
        </Text>
      )}
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...volumes, { name: '', mountPath: '', readOnly: false }])}
        >
          Add volume
        </Button>
      </div>
    </Stack>
  );
}
