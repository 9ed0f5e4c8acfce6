import { SimpleGrid, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParam, usePermissions } from '../../api/hooks';
import { projectsQuery } from '../../api/queries';
import { can } from '../../can';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton } from '../../ui/Guarded';
import { Page } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { NewProject } from './NewProject';
import { ProjectCard } from './ProjectCard';
import classes from './Wall.module.css';

export function ProjectsPage() {
  const team = useParam('team');
  const permissions = usePermissions(team);
  const projects = useQuery(projectsQuery(team));
  const [creating, setCreating] = useState(false);
  const create = (
    <GuardedButton
      verdict={can.changeProjects(permissions)}
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setCreating(true)}
    >
      New project
    </GuardedButton>
  );
  return (
    <Page title="Projects" actions={create}>
      <QueryView
        query={projects}
        skeleton={
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing={20} role="status" aria-label="Loading">
            {[0, 1, 2].map((card) => (
              <Skeleton key={card} height={150} radius="md" />
            ))}
          </SimpleGrid>
        }
      >
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="No projects yet" action={create}>
              A project holds the applications of one product, in environments such as production and staging. Create
              the first one, then add an application from a git repository or an image.
            </EmptyState>
          ) : (
            <div className={classes.grid}>
              {items.map((project) => (
                <ProjectCard key={project.id} project={project} />
              ))}
            </div>
          )
        }
      </QueryView>
      <NewProject team={team} opened={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}
