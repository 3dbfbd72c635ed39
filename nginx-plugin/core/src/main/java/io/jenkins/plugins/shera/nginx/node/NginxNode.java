package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.edits.ConflictException;
import io.jenkins.plugins.shera.nginx.edits.Edits;
import io.jenkins.plugins.shera.nginx.edits.Layer;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.StaleWeightException;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.render.Readback;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.render.WeightFiles;
import io.jenkins.plugins.shera.nginx.site.SiteFiles;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The routes of one nginx, kept in a folder that its main configuration includes. Used on the node itself. */
public final class NginxNode {
    private final NginxInstallation installation;
    private final ReleaseFolder folder;
    private final ReleaseFolder weights;
    private final ReleaseFolder site;

    /** Only keeps what it is given. */
    public NginxNode(NginxInstallation installation) {
        this.installation = installation;
        this.folder = new ReleaseFolder(installation.folder());
        this.weights = new ReleaseFolder(installation.folder().resolve("weights"));
        this.site = new ReleaseFolder(installation.folder().resolve("site"));
    }

    /** A change of the routes as they lie on the node. */
    private interface Change {
        RouteSet apply(RouteSet before) throws InvalidRouteException;
    }

    /** A change of the edits, when they were made to what is generated now. */
    private interface EditChange {
        Edits apply(Edits before, String generated) throws ConflictException;
    }

    /**
     * Adds the route or replaces what its owner had, and proves that the workers serve it.
     *
     * @throws InvalidRouteException if its place is taken; nothing changed
     * @throws Rollover.RefusedException if nginx refused it; the earlier routes are in force
     */
    public Release publish(Route route) throws IOException, InterruptedException, InvalidRouteException {
        return change(routes -> routes.with(route));
    }

    /** Takes the owner's route away; no error when there is none. */
    public Release remove(RouteOwner owner) throws IOException, InterruptedException, InvalidRouteException {
        return change(routes -> routes.without(owner));
    }

    /** Makes these all the routes of the node, whatever it had before, and proves that the workers serve them. */
    public Release replace(RouteSet routes) throws IOException, InterruptedException {
        try {
            return change(before -> routes, (edits, generated) -> edits.withoutKept());
        } catch (InvalidRouteException e) {
            throw new IllegalStateException("nothing was compared", e);
        }
    }

    /**
     * Makes the same edit of the routes' own file what is intended here, and keeps it through every change of the routes from now on.
     *
     * @param generated what the text was made of, here or on another node
     * @param text equal to it to let go of every adopted edit
     * @return what was intended before, made of what is generated here
     * @throws Rollover.RefusedException if it does not fit, or nginx refused it; the earlier configuration is in force
     */
    public Layer adopt(String generated, String text) throws IOException, InterruptedException {
        String mine = RouteFiles.generated(routes());
        Layer before = new Layer(mine, edits().intended(mine));
        try {
            change(routes -> routes, (edits, now) -> edits.adopting(new Layer(generated, text), now)
                    .over(now));
        } catch (InvalidRouteException e) {
            throw new IllegalStateException("the same routes stand beside each other", e);
        }
        return before;
    }

    /** Makes these all the weights of the node, whatever it had before, and proves that the workers serve them. */
    public Release replace(WeightSet changed) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = weights.lock()) {
            return new Rollover(weights, weightService()).apply(held, WeightFiles.render(changed));
        }
    }

    /** What lies on the node now. */
    public RouteSet routes() throws IOException {
        return RouteFiles.read(folder.currentFiles());
    }

    /**
     * Makes this the weight of its owner's route, and proves that the workers serve it. Has a folder and a lock of its own:
     * it waits for no push, and no refused push keeps it from being served.
     *
     * @throws InvalidRouteException if there is no such route here to split
     * @throws StaleWeightException if a later rollout set the weight
     * @throws Rollover.RefusedException if nginx refused it; the earlier weights are in force
     */
    public Release weigh(Weight weight)
            throws IOException, InterruptedException, InvalidRouteException, StaleWeightException {
        if (!weight.sendsNothing() && routes().of(weight.owner()).isEmpty()) {
            throw new InvalidRouteException(
                    "There is no route of " + weight.owner().id()
                            + " on this nginx, so it has no traffic to split. Publish it first: publishRoute(...).");
        }
        try (ReleaseFolder.Lock held = weights.lock()) {
            WeightSet changed = weights().with(weight);
            return new Rollover(weights, weightService()).apply(held, WeightFiles.render(changed));
        }
    }

    /** The weights that lie on the node now. */
    public WeightSet weights() throws IOException {
        return WeightFiles.read(weights.currentFiles());
    }

    /**
     * Compares what lies here and what the workers serve with what was last put here.
     *
     * @throws IOException if the intent itself cannot be read
     */
    public NodeDrift drift() throws IOException, InterruptedException {
        Optional<Release> current = folder.current();
        if (current.isEmpty()) {
            return new NodeDrift(0, List.of(), 0, true);
        }
        SortedMap<String, byte[]> routeFiles = folder.currentFiles();
        SortedMap<String, byte[]> weightFiles = weights.currentFiles();
        RouteSet routes = RouteFiles.read(routeFiles);
        SortedMap<String, byte[]> put = put(routes, routeFiles);
        List<String> changes = new ArrayList<>(Readback.changes(intended(put, routes), routeFiles));
        Readback.changes(WeightFiles.render(WeightFiles.read(weightFiles)), weightFiles)
                .forEach(change -> changes.add("weights/" + change));
        changes.addAll(SiteFiles.changes(site.currentFiles()));
        if (changes.isEmpty() && !isAsReleased(current.get())) {
            changes.add("routes.json: edited, and the other files to match");
        }
        boolean served = routeService().serves(put.get(RouteFiles.PROOF))
                && weightService()
                        .serves(WeightFiles.render(WeightFiles.read(weightFiles))
                                .get(WeightFiles.PROOF))
                && servesSite();
        return new NodeDrift(current.get().generation(), changes, 0, served);
    }

    private boolean servesSite() throws IOException, InterruptedException {
        byte[] proof = site.currentFiles().get(SiteFiles.PROOF);
        return proof == null || siteService().serves(proof);
    }

    /** Whose routes these changes of this node name. */
    public List<RouteOwner> touched(NodeDrift drift) throws IOException {
        return drift.owners(routes());
    }

    /** The same, in the eyes of a tenant on an nginx that others use too. */
    public NodeDrift driftFor(String tenant) throws IOException, InterruptedException {
        return drift().visibleTo(tenant, routes());
    }

    /** Writes what was last put here once more, over whatever somebody else changed, and proves it. */
    public Release overwrite() throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = weights.lock()) {
            new Rollover(weights, weightService()).apply(held, WeightFiles.render(weights()));
        }
        try {
            return change(routes -> routes, (edits, generated) -> edits.withoutKept());
        } catch (InvalidRouteException e) {
            throw new IllegalStateException("the same routes stand beside each other", e);
        }
    }

    /** A release's folder is named for the digest of what was written into it. */
    private static boolean isAsReleased(Release release) {
        return release.folder().toString().endsWith("-" + release.digest().substring(0, 12));
    }

    private SortedMap<String, byte[]> rendered(RouteSet routes, Edits edits) throws IOException {
        return RouteFiles.render(
                routes,
                installation.versionPort(),
                weights.currentLink() + "/*.conf",
                site.current().isPresent() ? site.currentLink() + "/*.conf" : null,
                edits);
    }

    /** What hands made of the routes' own file, as far as it was seen when something was last put there. */
    public Edits edits() throws IOException {
        return Edits.read(folder.currentFiles());
    }

    /** The files as they were last put there. */
    private SortedMap<String, byte[]> put(RouteSet routes, SortedMap<String, byte[]> found) throws IOException {
        return rendered(routes, Edits.read(found));
    }

    /** The same without edits that were found and not adopted. */
    private SortedMap<String, byte[]> intended(SortedMap<String, byte[]> put, RouteSet routes) throws IOException {
        SortedMap<String, byte[]> intended = new TreeMap<>(put);
        intended.put(
                RouteFiles.PROOF,
                Edits.read(put).intended(RouteFiles.generated(routes)).getBytes(StandardCharsets.UTF_8));
        return intended;
    }

    /** The files that are to lie there, for people: with adopted edits, and without others. */
    SortedMap<String, byte[]> intended() throws IOException {
        SortedMap<String, byte[]> found = folder.currentFiles();
        RouteSet routes = RouteFiles.read(found);
        return rendered(routes, Edits.read(found).withoutKept());
    }

    /** The edits with those that a hand made since something was last put there. */
    private Edits withHand(RouteSet routes) throws IOException {
        SortedMap<String, byte[]> found = folder.currentFiles();
        Edits known = Edits.read(found);
        Optional<Release> current = folder.current();
        byte[] text = found.get(RouteFiles.PROOF);
        if (current.isEmpty() || text == null || isAsReleased(current.get())) {
            return known;
        }
        return known.withHand(RouteFiles.generated(routes), new String(text, StandardCharsets.UTF_8));
    }

    /** The files of people that lie on the node now; none when none were ever pushed. */
    public SortedMap<String, String> siteFiles() throws IOException {
        return SiteFiles.read(site.currentFiles());
    }

    /** Whether a hand changed the files of people since they were put there. */
    public boolean isSiteTouched() throws IOException {
        return !SiteFiles.touched(site.currentFiles()).isEmpty();
    }

    /** The routes' own file as it lies there; empty where there is none. */
    public String routesText() throws IOException {
        byte[] text = folder.currentFiles().get(RouteFiles.PROOF);
        return text == null ? "" : new String(text, StandardCharsets.UTF_8);
    }

    /** The generation of the files of people, 0 when none were ever pushed. */
    public long siteGeneration() throws IOException {
        return site.current().map(Release::generation).orElse(0L);
    }

    /**
     * Lets the node's own nginx test these files of people with everything else it has; nothing is kept.
     *
     * @throws Rollover.RefusedException if nginx refused them
     */
    public void testSite(Map<String, String> files) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = site.lock()) {
            requireNoHandLost(files);
            Release candidate = site.stage(held, SiteFiles.render(files));
            try {
                siteService().test(candidate);
            } finally {
                site.discard(held, candidate);
            }
        }
    }

    /**
     * Makes these all the files of people on the node, and proves that the workers serve them.
     *
     * @throws Rollover.RefusedException if nginx refused them, or a hand's edit would be lost; the earlier ones are in force
     */
    public Release replaceSite(Map<String, String> files) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = site.lock()) {
            requireNoHandLost(files);
            return replaceSite(held, files);
        }
    }

    /** The same over whatever a hand changed. */
    public Release overwriteSite(Map<String, String> files) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = site.lock()) {
            return replaceSite(held, files);
        }
    }

    private Release replaceSite(ReleaseFolder.Lock held, Map<String, String> files)
            throws IOException, InterruptedException {
        try {
            if (site.current().isEmpty()) {
                requireAsReleased();
                testFirst(held, files);
                if (folder.current().isEmpty()) {
                    change(routes -> routes);
                }
                site.activate(held, site.stage(held, SiteFiles.render(Map.of())));
                change(routes -> routes);
            }
            return new Rollover(site, siteService()).apply(held, SiteFiles.render(files));
        } catch (InvalidRouteException e) {
            throw new IllegalStateException("the same routes stand beside each other", e);
        }
    }

    private void requireNoHandLost(Map<String, String> files) throws IOException {
        SortedMap<String, byte[]> found = site.currentFiles();
        for (String name : SiteFiles.touched(found)) {
            byte[] now = found.get(name);
            String text = now == null ? null : new String(now, StandardCharsets.UTF_8);
            if (!Objects.equals(text, files.get(name))) {
                throw new Rollover.RefusedException("somebody changed " + name + " on this node by hand, and this push"
                        + " would take that away. Look at it, then adopt or overwrite it, and push again.");
            }
        }
    }

    /** The first push writes the routes anew, so that they lead to the files: a hand's edit must not go with it unseen. */
    private void requireAsReleased() throws IOException {
        SortedMap<String, byte[]> found = folder.currentFiles();
        if (folder.current().isPresent()) {
            List<String> edits = Readback.changes(put(RouteFiles.read(found), found), found);
            if (!edits.isEmpty()) {
                throw new Rollover.RefusedException(
                        "somebody changed the routes on this node by hand, and the first push of"
                                + " files would take that away: " + edits.get(0)
                                + ". Look at it, then adopt or overwrite it, and push again.");
            }
        }
    }

    /** Before the routes lead to them for the first time, so that a refusal leaves no trace. */
    private void testFirst(ReleaseFolder.Lock held, Map<String, String> files)
            throws IOException, InterruptedException {
        Release candidate = site.stage(held, SiteFiles.render(files));
        try {
            siteService().test(candidate);
        } finally {
            site.discard(held, candidate);
        }
    }

    /** Tests a candidate of the files of people with the routes and weights that are in force. */
    private NginxService siteService() {
        return new NginxService(installation, new NginxService.Lane(SiteFiles.ENDPOINT, SiteFiles.PROOF, candidate -> {
            List<String> whole = new ArrayList<>();
            if (Files.isSymbolicLink(folder.currentLink())) {
                for (String name : List.of(RouteFiles.PROOF, "version.conf", "weights.conf")) {
                    whole.add(folder.currentLink() + "/" + name);
                }
            }
            whole.add(candidate.folder() + "/*.conf");
            return whole;
        }));
    }

    /** What splits the owner's traffic now, and whether there is a route of it at all. */
    public WeightReading weightOf(RouteOwner owner) throws IOException, InterruptedException {
        SortedMap<String, byte[]> files = weights.currentFiles();
        boolean served = weightService().serves(files.get(WeightFiles.PROOF));
        return new WeightReading(
                routes().of(owner).isPresent(),
                WeightFiles.read(files).of(owner).orElse(null),
                served);
    }

    private NginxService routeService() {
        return new NginxService(
                installation,
                new NginxService.Lane("/", RouteFiles.PROOF, candidate -> List.of(candidate.folder() + "/*.conf")));
    }

    /** Tests a candidate of the weights with the routes that are in force. */
    private NginxService weightService() {
        return new NginxService(installation, new NginxService.Lane("/weights", WeightFiles.PROOF, candidate -> {
            List<String> whole = new ArrayList<>(List.of(
                    folder.currentLink() + "/" + RouteFiles.PROOF,
                    folder.currentLink() + "/version.conf",
                    candidate.folder() + "/*.conf"));
            if (Files.isSymbolicLink(site.currentLink())) {
                whole.add(site.currentLink() + "/*.conf");
            }
            return whole;
        }));
    }

    /** Routes name the variables of the weights, so there is always a set of them, be it empty. */
    private void requireWeights() throws IOException {
        if (weights.current().isEmpty()) {
            try (ReleaseFolder.Lock held = weights.lock()) {
                weights.activate(held, weights.stage(held, WeightFiles.render(WeightSet.of(List.of()))));
            }
        }
    }

    private Release change(Change change) throws IOException, InterruptedException, InvalidRouteException {
        return change(change, (edits, generated) -> edits);
    }

    /** Puts changed routes there with what hands made of the earlier ones, or refuses where both want the same lines. */
    private Release change(Change change, EditChange then)
            throws IOException, InterruptedException, InvalidRouteException {
        try (ReleaseFolder.Lock held = folder.lock()) {
            RouteSet before = routes();
            RouteSet routes = change.apply(before);
            String generated = RouteFiles.generated(routes);
            requireWeights();
            Edits edits =
                    then.apply(withHand(before), RouteFiles.generated(before)).over(generated);
            return put(held, routes, edits);
        } catch (ConflictException e) {
            throw new Rollover.RefusedException("somebody changed by hand what this change has to write, near: "
                    + e.getMessage() + ". Nothing was changed. Look at the node on the page of its cluster, adopt the"
                    + " edit, overwrite it, or let go of edits that were adopted, then try again.");
        }
    }

    private Release put(ReleaseFolder.Lock held, RouteSet routes, Edits edits)
            throws IOException, InterruptedException {
        try {
            return new Rollover(folder, routeService()).apply(held, rendered(routes, edits));
        } catch (Rollover.RefusedException e) {
            if (edits.kept() == null) {
                throw e;
            }
            throw new Rollover.RefusedException(e.getMessage() + " The node carries an edit by hand, which this change"
                    + " kept; overwriting the node takes it away.");
        }
    }
}
