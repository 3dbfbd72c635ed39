package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nginx.work.SiteOnNode;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * A set of files on its way to every node of an nginx cluster: tested on all, put on one, looked at, then on the rest; all go back when one
 * refuses. One act after the other, each of which may be repeated, so that it can be saved in between and go on after a restart.
 */
public final class SitePush implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long LOOK_MILLIS = 2000;

    /** Until what nginx logged lies in the file. */
    private static final long FLUSH_MILLIS = 1500;

    private final TreeMap<String, String> files;

    /** Whose list of directives holds; null in a push that began before there were such lists. */
    private final String tenant;

    private final String check;
    private final int batch;
    private final int pauseSeconds;

    /** Null in a push that began before there was one. */
    private final ErrorWatch watch;

    /** What lay on each node before, in the order of the cluster; empty until all were tested. */
    private final ArrayList<TreeMap<String, String>> before = new ArrayList<>();

    /** Whether nodes that fail are left behind, and the others go on. */
    private boolean partial;

    /** Why each node that was left behind was, by its place in the cluster; null in a push that began before there was one. */
    private TreeMap<Integer, String> behind = new TreeMap<>();

    private int next;
    private int measured;
    private long restUntil;
    private boolean watching;
    private long lookAt;

    /** A node refused; every node has what it had before, except those the message names. */
    public static final class FailedException extends IOException {
        private static final long serialVersionUID = 1L;

        FailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Of checked files.
     *
     * @param tenant whose people wrote them
     * @param check asked from each node after it was pushed; empty for none
     * @param batch how many nodes are pushed before the next rest, after the first node alone
     * @param pauseSeconds how long a rest is
     * @param watch of errors after each stage, which a rest is at least as long as
     */
    public SitePush(
            String tenant, Map<String, String> files, String check, int batch, int pauseSeconds, ErrorWatch watch) {
        this.tenant = tenant;
        this.files = new TreeMap<>(files);
        this.check = check;
        this.batch = batch;
        this.pauseSeconds = pauseSeconds;
        this.watch = watch;
    }

    /** Leaves nodes that fail behind with what they had, in place of giving all nodes back what they had. */
    public SitePush partial() {
        partial = true;
        return this;
    }

    /** Why nodes were left behind, by name; empty where every node has the files. */
    public SortedMap<String, String> behind(NginxCluster cluster) {
        SortedMap<String, String> names = new TreeMap<>();
        left().forEach((place, why) -> names.put(name(cluster.getNodes(), place), why));
        return names;
    }

    private TreeMap<Integer, String> left() {
        if (behind == null) {
            behind = new TreeMap<>();
        }
        return behind;
    }

    /** Tests them on every node and changes nothing; a refusal names the node. */
    public static void test(NginxCluster cluster, String tenant, Map<String, String> files)
            throws IOException, InterruptedException {
        new SitePush(tenant, files, "", 1, 0, ErrorWatch.off()).test(cluster, said -> {});
    }

    /** Does one act; true when every node has them. */
    public boolean act(NginxCluster cluster, Consumer<String> log) throws IOException, InterruptedException {
        List<NginxNodeSettings> nodes = cluster.getNodes();
        if (before.isEmpty()) {
            if (isWatched()) {
                watch.require(nodes);
            }
            test(cluster, log);
            return nodes.isEmpty();
        }
        if (before.size() != nodes.size()) {
            throw new FailedException(Messages.SitePush_changed(cluster.getId()), null);
        }
        if (watching) {
            look(nodes, log);
        }
        if (System.currentTimeMillis() < restUntil) {
            return false;
        }
        return next == nodes.size() || stage(cluster, nodes, log);
    }

    /** Whether there is nothing to do for a while but to wait. */
    boolean isResting() {
        return System.currentTimeMillis() < restUntil;
    }

    private boolean isWatched() {
        return watch != null && watch.isOn();
    }

    /** At errors, now and then, and once more when the rest is over. */
    private void look(List<NginxNodeSettings> nodes, Consumer<String> log) throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        if (now < lookAt && now < restUntil) {
            return;
        }
        lookAt = now + LOOK_MILLIS;
        try {
            Optional<String> risen = watch.risen(nodes);
            if (risen.isPresent()) {
                throw new FailedException(risen.get(), null);
            }
            if (now >= restUntil) {
                log.accept(watch.told(nodes));
                watching = false;
            }
        } catch (FailedException e) {
            throw back(nodes, next - 1, e);
        }
    }

    /** The first node takes them alone, to be looked at. */
    private int firstHere() {
        int first = 0;
        while (left().containsKey(first)) {
            first++;
        }
        return first;
    }

    /** Pushes the next nodes; true when no others are left, and nothing is to be looked at. */
    private boolean stage(NginxCluster cluster, List<NginxNodeSettings> nodes, Consumer<String> log)
            throws IOException, InterruptedException {
        int end = next == 0 ? firstHere() + 1 : (int) Math.min(nodes.size(), (long) next + batch);
        if (isWatched() && measured < end) {
            // An act of its own: repeated after the nodes were pushed, it would take the new errors for old ones.
            try {
                watch.before(nodes, next, end);
            } catch (FailedException e) {
                throw back(nodes, next - 1, e);
            }
            measured = end;
            return false;
        }
        SiteAllowance allowed = SiteDesk.allowance(tenant);
        List<SiteOnNode> work = new ArrayList<>();
        for (int i = next; i < end; i++) {
            work.add(left().containsKey(i) ? null : SiteOnNode.put(files, check, allowed));
        }
        try {
            onNodes(nodes, next, work, (name, why) -> Messages.SitePush_refused(name, cluster.getId(), why), log);
            if (isWatched()) {
                watch.begin(nodes, end);
            }
        } catch (FailedException e) {
            throw back(nodes, end - 1, e);
        }
        for (int i = next; i < end; i++) {
            if (!left().containsKey(i)) {
                log.accept(Messages.SitePush_serves(name(nodes, i)));
            }
        }
        next = end;
        boolean last = next == nodes.size();
        if (isWatched()) {
            watching = true;
            int rest = last ? watch.seconds() : Math.max(pauseSeconds, watch.seconds());
            restUntil = System.currentTimeMillis() + rest * 1000L + FLUSH_MILLIS;
            log.accept(Messages.SitePush_watch(String.valueOf(rest)));
        } else if (!last && pauseSeconds > 0) {
            restUntil = System.currentTimeMillis() + pauseSeconds * 1000L;
            log.accept(Messages.SitePush_rest(String.valueOf(pauseSeconds)));
        }
        return last && !watching;
    }

    /** Gives the nodes up to this one back what they had; says why, and what came of it. */
    private FailedException back(List<NginxNodeSettings> nodes, int last, FailedException why)
            throws InterruptedException {
        return new FailedException(why.getMessage() + restore(nodes, 0, last), why);
    }

    /** What to say of a node that refused. */
    private interface Words {
        String of(String node, String why);
    }

    /** Lets several nodes work at the same time, and waits for all of them; the first that refused is told. Null is no work. */
    private List<TreeMap<String, String>> onNodes(
            List<NginxNodeSettings> nodes, int from, List<SiteOnNode> work, Words words, Consumer<String> log)
            throws IOException, InterruptedException {
        List<Future<TreeMap<String, String>>> asked = new ArrayList<>();
        TreeMap<Integer, FailedException> failures = new TreeMap<>();
        List<TreeMap<String, String>> answers = new ArrayList<>();
        for (int i = 0; i < work.size(); i++) {
            Future<TreeMap<String, String>> answer = null;
            if (work.get(i) != null) {
                try {
                    answer = NodeAccess.channel(nodes.get(from + i)).callAsync(work.get(i));
                } catch (IOException e) {
                    failures.put(from + i, new FailedException(words.of(name(nodes, from + i), e.getMessage()), e));
                }
            }
            asked.add(answer);
        }
        for (int i = 0; i < work.size(); i++) {
            TreeMap<String, String> answer = null;
            try {
                answer = asked.get(i) == null ? null : asked.get(i).get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                failures.put(from + i, new FailedException(words.of(name(nodes, from + i), cause.getMessage()), cause));
            }
            answers.add(answer);
        }
        if (!failures.isEmpty()) {
            leave(nodes, failures, log);
        }
        return answers;
    }

    /** Leaves these nodes behind, or tells the first of them where none may be, or all would be. */
    private void leave(List<NginxNodeSettings> nodes, TreeMap<Integer, FailedException> failures, Consumer<String> log)
            throws IOException, InterruptedException {
        FailedException first = failures.firstEntry().getValue();
        long all = nodes.size();
        boolean isFirst = !before.isEmpty() && next == 0;
        if (!partial || isFirst || left().size() + failures.size() >= all) {
            throw first;
        }
        for (Map.Entry<Integer, FailedException> one : failures.entrySet()) {
            int place = one.getKey();
            String why = one.getValue().getMessage();
            if (place < before.size() && before.get(place) != null) {
                // Its check may have failed after it took the files.
                String lost = restore(nodes, place, place);
                why += lost.equals(" " + Messages.SitePush_restored()) ? "" : lost;
            }
            left().put(place, why);
            log.accept(Messages.SitePush_left(name(nodes, place), why));
        }
    }

    /** Stops it: every node gets back what it had. */
    String giveBack(NginxCluster cluster) throws InterruptedException {
        List<NginxNodeSettings> nodes = cluster.getNodes();
        return before.size() == nodes.size() ? restore(nodes, 0, next - 1) : "";
    }

    private void test(NginxCluster cluster, Consumer<String> log) throws IOException, InterruptedException {
        List<NginxNodeSettings> nodes = cluster.getNodes();
        SiteAllowance allowed = SiteDesk.allowance(tenant);
        List<SiteOnNode> work =
                nodes.stream().map(node -> SiteOnNode.test(files, allowed)).toList();
        List<TreeMap<String, String>> found =
                onNodes(nodes, 0, work, (name, why) -> Messages.SitePush_notTested(name, cluster.getId(), why), log);
        log.accept(Messages.SitePush_tested(nodes.size() - left().size(), cluster.getId()));
        before.addAll(found);
    }

    /** Also the one that refused: its check may have failed after it took the files. */
    private String restore(List<NginxNodeSettings> nodes, int from, int last) throws InterruptedException {
        List<String> lost = new ArrayList<>();
        for (int i = from; i <= last; i++) {
            if (before.get(i) == null || left().containsKey(i)) {
                continue;
            }
            try {
                NodeAccess.channel(nodes.get(i)).call(SiteOnNode.back(before.get(i)));
            } catch (IOException e) {
                lost.add(name(nodes, i) + " (" + e.getMessage() + ")");
            }
        }
        return " " + (lost.isEmpty() ? Messages.SitePush_restored() : Messages.SitePush_lost(String.join(", ", lost)));
    }

    private static String name(List<NginxNodeSettings> nodes, int index) {
        return NodeAccess.names(nodes).get(index);
    }
}
