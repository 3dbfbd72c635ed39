package jenkins.util.io;

/** Marks what exists on the controller only. */
public interface OnMaster {}
