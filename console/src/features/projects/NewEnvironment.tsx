import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { Environment } from '../../api/types';
import { endpoints, paths } from '../../routes';
import { ProblemAlert } from '../../ui/ProblemAlert';

interface NewEnvironmentProps {
  project: string;
  opened: boolean;
  onClose: () => void;
}

export function NewEnvironment({ project, opened, onClose }: NewEnvironmentProps) {
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const create = useAction({
    run: () => client.post<Environment>(endpoints.environments(project), { name: name.trim() }),
    invalidates: [['environments', project]],
    onDone: (environment) => {
      setName('');
      onClose();
      void navigate({ to: paths.environment, params: { environment: environment.id } });
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title="New environment">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.run();
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            description="Applications of one environment share a private network and see none of another."
            placeholder="staging"
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={create.problem?.field('name')}
          />
          <ProblemAlert error={create.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.busy} disabled={name.trim() === ''}>
              Create environment
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
