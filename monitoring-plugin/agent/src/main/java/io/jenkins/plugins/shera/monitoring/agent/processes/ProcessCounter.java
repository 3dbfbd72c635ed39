package io.jenkins.plugins.shera.monitoring.agent.processes;

import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.thresholds.ProcessSeries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Counts what the processes of each container of this node have, as a page that Prometheus scrapes. */
public final class ProcessCounter {

    private static final Comparator<ContainerNames.Name> ORDER = Comparator.comparing(ContainerNames.Name::namespace)
            .thenComparing(ContainerNames.Name::pod)
            .thenComparing(ContainerNames.Name::container);

    private final ProcFiles proc;
    private final ContainerNames names;

    /** {@code proc} is that of the node, as a pod with {@code hostPID} sees it at {@code /proc}. */
    public ProcessCounter(Path proc, ContainerNames names) {
        this.proc = new ProcFiles(proc);
        this.names = names;
    }

    /** All counts of the node now; {@code unreadable} processes are in a container that has no count of files, therefore. */
    private record Node(Map<ContainerNames.Name, ProcFiles.Counts> containers, long unreadable) {}

    private Node count() throws IOException {
        Map<String, ContainerNames.Name> known = names.read();
        Map<ContainerNames.Name, ProcFiles.Counts> all = new TreeMap<>(ORDER);
        long unreadable = 0;
        for (String pid : known.isEmpty() ? java.util.List.<String>of() : proc.pids()) {
            Optional<String> container = proc.container(pid, known::containsKey);
            Optional<ProcFiles.Counts> counts = container.isEmpty() ? Optional.empty() : proc.counts(pid);
            // Asked again: the number may be that of another process by now.
            if (counts.isPresent() && proc.container(pid, known::containsKey).equals(container)) {
                all.merge(known.get(container.get()), counts.get(), ProcessCounter::sum);
                unreadable += counts.get().files() < 0 ? 1 : 0;
            }
        }
        return new Node(all, unreadable);
    }

    /** A part that is not known makes the sum unknown. */
    private static ProcFiles.Counts sum(ProcFiles.Counts left, ProcFiles.Counts right) {
        boolean known = left.files() >= 0 && right.files() >= 0;
        return new ProcFiles.Counts(
                left.threads() + right.threads(),
                known ? left.files() + right.files() : -1,
                known ? left.sockets() + right.sockets() : -1);
    }

    /** The page; a container whose files may not be seen has no line for them, which is not 0. */
    public byte[] page() throws IOException {
        Node node = count();
        StringBuilder page = new StringBuilder();
        put(page, ProcessSeries.THREADS, "Threads of all processes of a container.", node, ProcFiles.Counts::threads);
        put(page, ProcessSeries.SOCKETS, "Open sockets of a container.", node, ProcFiles.Counts::sockets);
        put(page, ProcessSeries.FILES, "Open file descriptors of a container.", node, ProcFiles.Counts::files);
        head(page, ProcessSeries.UNREADABLE, "Processes of containers whose open files may not be seen.");
        page.append(ProcessSeries.UNREADABLE)
                .append(' ')
                .append(node.unreadable())
                .append('\n');
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(
            StringBuilder page, String series, String help, Node node, ToLongFunction<ProcFiles.Counts> count) {
        head(page, series, help);
        node.containers().forEach((name, counts) -> {
            long value = count.applyAsLong(counts);
            if (value >= 0) {
                page.append(series)
                        .append("{namespace=")
                        .append(Matcher.quoted(name.namespace()))
                        .append(",pod=")
                        .append(Matcher.quoted(name.pod()))
                        .append(",container=")
                        .append(Matcher.quoted(name.container()))
                        .append("} ")
                        .append(value)
                        .append('\n');
            }
        });
    }

    private static void head(StringBuilder page, String series, String help) {
        page.append("# HELP ").append(series).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(series).append(" gauge\n");
    }
}
