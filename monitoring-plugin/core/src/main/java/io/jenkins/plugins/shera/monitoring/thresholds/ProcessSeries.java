package io.jenkins.plugins.shera.monitoring.thresholds;

/** The series that the daemon serves of a node's /proc, where no other exporter counts. */
public final class ProcessSeries {

    /** Threads of a container. */
    public static final String THREADS = "shera_container_threads";

    /** Open sockets of a container. */
    public static final String SOCKETS = "shera_container_sockets";

    /** Open files of a container, its sockets among them. */
    public static final String FILES = "shera_container_file_descriptors";

    /** Processes of the node of which the daemon may not see what they have open. */
    public static final String UNREADABLE = "shera_processes_unreadable";

    /** Who has them, as users are told. */
    static final String EXPORTER = "SheRa's daemon, from /proc";

    private ProcessSeries() {}
}
