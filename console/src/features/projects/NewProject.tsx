import { Modal, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { Project } from '../../api/types';
import { endpoints, paths } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';

interface NewProjectProps {
  team: string;
  opened: boolean;
  onClose: () => void;
}

export function NewProject({ team, opened, onClose }: NewProjectProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New project">
      {opened && <Form team={team} onClose={onClose} />}
    </Modal>
  );
}

function Form({ team, onClose }: { team: string; onClose: () => void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const navigate = useNavigate();
  const create = useAction({
    run: () =>
      client.post<Project>(endpoints.projects(team), {
        name: name.trim(),
        ...(description.trim() && { description: description.trim() }),
      }),
    invalidates: [['projects', team]],
    onDone: (project) => {
      onClose();
      void navigate({ to: paths.project, params: { project: project.id } });
    },
  });
  return (
    <ActionForm action={create} submit="Create project" disabled={name.trim() === ''} onCancel={onClose}>
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={create.problem?.field('name')}
      />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        error={create.problem?.field('description')}
      />
    </ActionForm>
  );
}
