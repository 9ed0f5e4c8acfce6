import { Table, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './DataTable.module.css';

interface Column<T> {
  title: string;
  cell: (item: T) => ReactNode;
  /** As wide as this at most, so that a long value wraps. */
  maxWidth?: number;
}

interface DataTableProps<T> {
  label: string;
  items: T[];
  columns: Column<T>[];
  /** What can be done to a row, at its end. */
  actions?: (item: T) => ReactNode;
}

/** A list with columns. On a phone each row stands as a block of its own, with the columns' titles beside the values. */
export function DataTable<T extends { id: string }>({ label, items, columns, actions }: DataTableProps<T>) {
  return (
    <Table className={classes.table} aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ title }) => (
            <Table.Th key={title}>{title}</Table.Th>
          ))}
          {actions && (
            <Table.Th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.id}>
            {columns.map(({ title, cell, maxWidth }) => (
              <Table.Td
                key={title}
                className={classes.cell}
                style={maxWidth ? { '--widest': `${maxWidth}px` } : undefined}
              >
                <span className={classes.title} aria-hidden>
                  {title}
                </span>
                <div className={classes.value}>{cell(item)}</div>
              </Table.Td>
            ))}
            {actions && <Table.Td className={classes.actions}>{actions(item)}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
