package hudson.model;

/** An action of a build that shows a small sign beside it in lists of builds, by its {@code badge.jelly}. */
public interface BuildBadgeAction extends Action {}
