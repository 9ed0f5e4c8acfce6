-- An application keeps few of its many releases: lists and retention read those, not all that it ever had.
CREATE INDEX releases_kept ON releases (application_id, number) WHERE dropped_at IS NULL;
CREATE INDEX releases_with_old_image ON releases (application_id) WHERE dropped_at IS NOT NULL AND image_removed_at IS NULL;

-- Whether an image is still of use, and which deployments a release has when it goes.
CREATE INDEX releases_by_image ON releases (image_id);
CREATE INDEX deployments_by_release ON deployments (release_id);
