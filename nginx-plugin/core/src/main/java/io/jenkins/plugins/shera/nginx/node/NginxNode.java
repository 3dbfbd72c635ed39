package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.edits.ConflictException;
import io.jenkins.plugins.shera.nginx.edits.Edits;
import io.jenkins.plugins.shera.nginx.edits.Layer;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.StaleWeightException;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nginx.site.SiteFiles;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The routes of one nginx, kept in a folder that its main configuration includes. Used on the node itself. */
public final class NginxNode {
    private static final EditChange KEEP = (edits, generated) -> edits;
    private static final EditChange MADE = (edits, generated) -> edits.withoutKept();

    private final NodeFolders folders;
    private final ReleaseFolder folder;
    private final ReleaseFolder weights;
    private final ReleaseFolder site;
    private final SiteLane people;
    private final WeightLane share;
    private final TlsLane tls;
    private final UserFiles users;
    private final NginxStreams streams;
    private final LivePeers live;
    private final NodeComparison comparison;

    /** Only keeps what it is given. */
    public NginxNode(NginxInstallation installation) {
        this.folders = new NodeFolders(installation);
        this.folder = folders.routes();
        this.weights = folders.weights();
        this.site = folders.site();
        this.people = new SiteLane(folders, this::rewrite);
        this.share = new WeightLane(folders);
        this.tls = new TlsLane(folders, installation);
        this.users = new UserFiles(folders, installation);
        this.streams = new NginxStreams(installation);
        this.live = new LivePeers(installation);
        this.comparison = new NodeComparison(folders, tls, users, streams, live);
    }

    /** What comes with a change and is no configuration. */
    private record Brought(Collection<CertificatePair> certificates, Collection<PasswordFile> people) {
        private static final Brought NOTHING = new Brought(List.of());

        Brought(Collection<CertificatePair> certificates) {
            this(certificates, List.of());
        }
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
        return publish(route, List.of());
    }

    /** The same with the certificate that the route shows; one that is here already need not be brought. */
    public Release publish(Route route, Collection<CertificatePair> brought)
            throws IOException, InterruptedException, InvalidRouteException {
        return publish(route, brought, List.of());
    }

    /** The same with the password file that the route's rules name. */
    public Release publish(Route route, Collection<CertificatePair> brought, Collection<PasswordFile> people)
            throws IOException, InterruptedException, InvalidRouteException {
        return change(routes -> routes.with(route), KEEP, new Brought(brought, people));
    }

    /**
     * The routes as publishing this one would leave them; nothing is changed, and nginx is not asked.
     *
     * @throws InvalidRouteException if its place is taken
     * @throws Rollover.RefusedException if a hand edited what it has to write
     */
    public RouteSet planned(Route route) throws IOException, InterruptedException, InvalidRouteException {
        RouteSet before = routes();
        RouteSet after = tls.fitting(before.with(route));
        streams.requireBeside(after);
        try {
            comparison.withHand(before).over(folders.generated(after));
        } catch (ConflictException e) {
            throw conflict(e);
        }
        return after;
    }

    /**
     * Gives the owner's route these rules in place of those that it had.
     *
     * @return the route as it was
     * @throws InvalidRouteException if there is no such route here, or the rules cannot stand; nothing changed
     */
    public Route rule(RouteOwner owner, RouteRules rules, Collection<PasswordFile> people)
            throws IOException, InterruptedException, InvalidRouteException {
        Route[] before = new Route[1];
        change(
                routes -> {
                    before[0] = routes.of(owner)
                            .orElseThrow(() -> new InvalidRouteException("There is no route of " + owner.id()
                                    + " on this nginx. Publish it first: publishRoute(...)."));
                    return routes.with(before[0].ruled(rules));
                },
                KEEP,
                new Brought(List.of(), people));
        return before[0];
    }

    /** Lets every route that shows this certificate show this version of it, proved by a handshake. */
    public Release renew(String certificate, CertificatePair pair) throws IOException, InterruptedException {
        return sameRoutes(routes -> routes.renewed(certificate, pair.version()), KEEP, new Brought(List.of(pair)));
    }

    /** Takes the owner's route away; no error when there is none. */
    public Release remove(RouteOwner owner) throws IOException, InterruptedException, InvalidRouteException {
        return change(routes -> routes.without(owner), KEEP, Brought.NOTHING);
    }

    /** Takes the share of the owner's route away, and proves it; no error when there is none. A rollout's generation stays. */
    public void unweigh(RouteOwner owner) throws IOException, InterruptedException {
        share.without(owner);
    }

    /** Makes these all the routes of the node, whatever it had before, and proves that the workers serve them. */
    public Release replace(RouteSet routes) throws IOException, InterruptedException {
        return replace(routes, List.of(), List.of());
    }

    /** The same with the certificates that they show and the password files that their rules name. */
    public Release replace(RouteSet routes, Collection<CertificatePair> brought, Collection<PasswordFile> people)
            throws IOException, InterruptedException {
        return sameRoutes(before -> routes, MADE, new Brought(brought, people));
    }

    /** The same, and keeps what hands made of the earlier ones, or refuses. */
    public Release restore(RouteSet routes, Collection<CertificatePair> brought)
            throws IOException, InterruptedException {
        return sameRoutes(before -> routes, KEEP, new Brought(brought));
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
        String mine = folders.generated(routes());
        Layer before = new Layer(mine, edits().intended(mine));
        sameRoutes(
                routes -> routes,
                (edits, now) -> edits.adopting(new Layer(generated, text), now).over(now),
                Brought.NOTHING);
        return before;
    }

    /** Makes these all the weights of the node, whatever it had before, and proves that the workers serve them. */
    public Release replace(WeightSet changed) throws IOException, InterruptedException {
        return share.replace(changed);
    }

    /** What nginx reads of these routes here before any hand edits it. */
    public String generated(RouteSet routes) {
        return folders.generated(routes);
    }

    /** What lies on the node now. */
    public RouteSet routes() throws IOException {
        return live.withMembers(RouteFiles.read(folder.currentFiles()));
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
        return share.weigh(weight);
    }

    /** The weights that lie on the node now. */
    public WeightSet weights() throws IOException {
        return share.now();
    }

    /**
     * Compares what lies here and what the workers serve with what was last put here.
     *
     * @throws IOException if the intent itself cannot be read
     */
    public NodeDrift drift() throws IOException, InterruptedException {
        return comparison.drift();
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
        return overwrite(List.of());
    }

    /** The same with certificates, in place of what somebody did to their files. */
    public Release overwrite(Collection<CertificatePair> brought) throws IOException, InterruptedException {
        if (folder.current().isPresent()) {
            share.replace(weights());
        }
        streams.overwrite();
        return sameRoutes(routes -> routes, MADE, new Brought(brought));
    }

    /** What hands made of the routes' own file, as far as it was seen when something was last put there. */
    public Edits edits() throws IOException {
        return Edits.read(folder.currentFiles());
    }

    /** The files that are to lie there, for people: with adopted edits, and without others. */
    SortedMap<String, byte[]> intended() throws IOException {
        return comparison.intended();
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
        testSite(files, SiteAllowance.usual());
    }

    /** The same where they may have these directives. */
    public void testSite(Map<String, String> files, SiteAllowance allowed) throws IOException, InterruptedException {
        people.test(files, allowed);
    }

    /** Makes these all the files of people on the node, and proves that the workers serve them; a hand's edit is never lost. */
    public Release replaceSite(Map<String, String> files) throws IOException, InterruptedException {
        return replaceSite(files, SiteAllowance.usual());
    }

    /** The same where they may have these directives. */
    public Release replaceSite(Map<String, String> files, SiteAllowance allowed)
            throws IOException, InterruptedException {
        return people.replace(files, allowed);
    }

    /** The same over whatever a hand changed. */
    public Release overwriteSite(Map<String, String> files) throws IOException, InterruptedException {
        return people.overwrite(files);
    }

    private void rewrite() throws IOException, InterruptedException {
        sameRoutes(routes -> routes, KEEP, Brought.NOTHING);
    }

    /** A change that compares nothing, so only the nginx of this node can refuse it. */
    private Release sameRoutes(Change change, EditChange then, Brought brought)
            throws IOException, InterruptedException {
        try {
            return change(change, then, brought);
        } catch (InvalidRouteException e) {
            throw new Rollover.RefusedException(e.getMessage());
        }
    }

    /** What splits the owner's traffic now, and whether there is a route of it at all. */
    public WeightReading weightOf(RouteOwner owner) throws IOException, InterruptedException {
        return new WeightReading(
                routes().of(owner).isPresent(), weights().of(owner).orElse(null), share.isServed());
    }

    /** Puts changed routes there with what hands made of the earlier ones, or refuses where both want the same lines. */
    private Release change(Change change, EditChange then, Brought brought)
            throws IOException, InterruptedException, InvalidRouteException {
        try (ReleaseFolder.Lock held = folder.lock()) {
            RouteSet before = routes();
            RouteSet routes = tls.prepared(change.apply(before), brought.certificates());
            streams.requireBeside(routes);
            users.prepare(routes, brought.people());
            String generated = folders.generated(routes);
            share.require();
            Edits edits = then.apply(comparison.withHand(before), folders.generated(before))
                    .over(generated);
            return put(held, before, routes, edits);
        } catch (ConflictException e) {
            throw conflict(e);
        }
    }

    private static Rollover.RefusedException conflict(ConflictException e) {
        return new Rollover.RefusedException("somebody changed by hand what this change has to write, near: "
                + e.getMessage() + ". Nothing was changed. Look at the node on the page of its cluster, adopt the"
                + " edit, overwrite it, or let go of edits that were adopted, then try again.");
    }

    private Release put(ReleaseFolder.Lock held, RouteSet before, RouteSet routes, Edits edits)
            throws IOException, InterruptedException {
        try {
            if (!edits.isNone()) {
                folders.tryOut(folders.rendered(routes, edits), siteFiles());
            }
            return new Rollover(folder, live.with(tls.proving(folders.routeService(), before, routes), routes))
                    .apply(held, folders.rendered(routes, edits));
        } catch (Rollover.RefusedException e) {
            if (edits.kept() == null) {
                throw e;
            }
            throw new Rollover.RefusedException(e.getMessage() + " The node carries an edit by hand, which this change"
                    + " kept; overwriting the node takes it away.");
        } finally {
            tls.tidy();
            users.tidy();
        }
    }
}
