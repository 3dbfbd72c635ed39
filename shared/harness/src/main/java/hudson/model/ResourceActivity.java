package hudson.model;

/** Something that needs resources; the harness has none but executors. */
public interface ResourceActivity {
    /** The name shown. */
    String getDisplayName();
}
