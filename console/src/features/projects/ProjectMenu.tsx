import { ActionIcon, Menu, Modal, Text, Textarea, TextInput } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, usePermissions } from '../../api/hooks';
import type { Environment, Project } from '../../api/types';
import { can } from '../../can';
import { endpoints, paths } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { GuardedMenuItem } from '../../ui/Guarded';

type Dialog = 'edit-project' | 'delete-project' | 'rename-environment' | 'delete-environment';

/** What can be done to a project, and to the environment that is shown. */
export function ProjectMenu({ project, environment }: { project: Project; environment?: Environment }) {
  const permissions = usePermissions(project.teamId, { projectId: project.id });
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu width={210}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More for this project">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <GuardedMenuItem verdict={can.changeProjects(permissions)} onClick={() => setDialog('edit-project')}>
            Edit project
          </GuardedMenuItem>
          {environment && (
            <GuardedMenuItem verdict={can.changeProjects(permissions)} onClick={() => setDialog('rename-environment')}>
              Rename environment
            </GuardedMenuItem>
          )}
          <Menu.Divider />
          {environment && (
            <GuardedMenuItem
              color="red"
              verdict={can.deleteProjects(permissions)}
              onClick={() => setDialog('delete-environment')}
            >
              Delete environment
            </GuardedMenuItem>
          )}
          <GuardedMenuItem
            color="red"
            verdict={can.deleteProjects(permissions)}
            onClick={() => setDialog('delete-project')}
          >
            Delete project
          </GuardedMenuItem>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={dialog === 'edit-project'} onClose={close} title="Edit project">
        {dialog === 'edit-project' && <EditProject project={project} onClose={close} />}
      </Modal>
      <DeleteProject project={project} opened={dialog === 'delete-project'} onClose={close} />
      {environment && (
        <>
          <Modal opened={dialog === 'rename-environment'} onClose={close} title="Rename environment">
            {dialog === 'rename-environment' && <RenameEnvironment environment={environment} onClose={close} />}
          </Modal>
          <DeleteEnvironment environment={environment} opened={dialog === 'delete-environment'} onClose={close} />
        </>
      )}
    </>
  );
}

function EditProject({ project, onClose }: { project: Project; onClose: () => void }) {
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description ?? '');
  const save = useAction({
    run: () =>
      client.patch(
        endpoints.project(project.id),
        { name: name.trim(), description: description.trim() || null },
        { ifMatch: project.version },
      ),
    invalidates: [
      ['project', project.id],
      ['projects', project.teamId],
    ],
    onDone: onClose,
  });
  return (
    <ActionForm action={save} submit="Save" onCancel={onClose}>
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={save.problem?.field('name')}
      />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

function RenameEnvironment({ environment, onClose }: { environment: Environment; onClose: () => void }) {
  const [name, setName] = useState(environment.name);
  const save = useAction({
    run: () =>
      client.patch(endpoints.environment(environment.id), { name: name.trim() }, { ifMatch: environment.version }),
    invalidates: [
      ['environment', environment.id],
      ['environments', environment.projectId],
    ],
    onDone: onClose,
  });
  return (
    <ActionForm action={save} submit="Save" onCancel={onClose}>
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={save.problem?.field('name')}
      />
    </ActionForm>
  );
}

function DeleteProject({ project, opened, onClose }: { project: Project; opened: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const remove = useAction({
    run: () => client.delete(endpoints.project(project.id), { ifMatch: project.version }),
    invalidates: [['projects', project.teamId]],
    onDone: () => void navigate({ to: paths.projects, params: { team: project.teamId } }),
  });
  return (
    <ConfirmDelete
      opened={opened}
      onClose={onClose}
      subject="the project"
      typed={project.name}
      busy={remove.busy}
      problem={remove.problem}
      onConfirm={() => remove.run()}
    >
      <Text size="sm">
        A project can be deleted once it holds no applications. Its environments go with it. This cannot be undone.
      </Text>
    </ConfirmDelete>
  );
}

function DeleteEnvironment({
  environment,
  opened,
  onClose,
}: {
  environment: Environment;
  opened: boolean;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const remove = useAction({
    run: () => client.delete(endpoints.environment(environment.id), { ifMatch: environment.version }),
    invalidates: [['environments', environment.projectId]],
    onDone: () => void navigate({ to: paths.project, params: { project: environment.projectId } }),
  });
  return (
    <ConfirmDelete
      opened={opened}
      onClose={onClose}
      subject="the environment"
      typed={environment.name}
      busy={remove.busy}
      problem={remove.problem}
      onConfirm={() => remove.run()}
    >
      <Text size="sm">An environment can be deleted once it holds no applications. This cannot be undone.</Text>
    </ConfirmDelete>
  );
}
