import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParam, usePermissions } from '../../api/hooks';
import { projectQuery } from '../../api/queries';
import { can } from '../../can';
import { paths } from '../../routes';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton } from '../../ui/Guarded';
import { LinkAnchor } from '../../ui/links';
import { Page } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { NewEnvironment } from './NewEnvironment';
import { ProjectMenu } from './ProjectMenu';

/** A project whose environments are all gone. */
export function BareProjectPage() {
  const id = useParam('project');
  const project = useQuery(projectQuery(id));
  const permissions = usePermissions(project.data?.teamId);
  const [creating, setCreating] = useState(false);
  return (
    <QueryView query={project}>
      {(found) => (
        <Page
          title={found.name}
          crumbs={[
            <LinkAnchor key="projects" to={paths.projects} params={{ team: found.teamId }}>
              Projects
            </LinkAnchor>,
          ]}
          actions={<ProjectMenu project={found} />}
        >
          <EmptyState
            title="No environments"
            action={
              <GuardedButton verdict={can.changeProjects(permissions)} onClick={() => setCreating(true)}>
                New environment
              </GuardedButton>
            }
          >
            Applications live in an environment of a project. Create one, for example production.
          </EmptyState>
          <NewEnvironment project={found.id} opened={creating} onClose={() => setCreating(false)} />
        </Page>
      )}
    </QueryView>
  );
}
