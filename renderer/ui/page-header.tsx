import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './page-header.module.css';

/** Where focus goes when a screen is opened. */
export const PAGE_TITLE_ID = 'page-title';

interface PageHeaderProps {
  title: string;
  /** The list that this is one of. */
  parent?: { label: string; href: string };
  /** Marks and badges beside the title. */
  marks?: ReactNode;
  /** One line under the title. */
  children?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, parent, marks, children, actions }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {parent !== undefined && (
          <nav aria-label="Breadcrumb" className={classes.parent}>
            <a href={parent.href}>{parent.label}</a>
            <IconChevronRight size={12} aria-hidden />
          </nav>
        )}
        <div className={classes.line}>
          <h1 id={PAGE_TITLE_ID} tabIndex={-1} className={classes.title}>
            {title}
          </h1>
          {marks}
        </div>
        {children !== undefined && <div className={`${classes.sub} hf-prose`}>{children}</div>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
