package io.jenkins.plugins.shera.nginx.certificates;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import io.jenkins.plugins.shera.nginx.config.NginxCertificate;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.drift.ToldDrift;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jvnet.localizer.Localizable;

/** Follows certificates in Kubernetes, brings nodes what they lack of what is kept, and tells in time that one ends. */
@Extension
public class CertificateWatch implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(CertificateWatch.class.getName());
    private static final Duration ROUND = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration FIRST = Duration.ofMinutes(2);

    /** Days before the end when it is told, the nearest first. */
    private static final List<Integer> DAYS = List.of(7, 14, 30);

    private final Map<String, String> problems = new ConcurrentHashMap<>();

    /** The one instance. */
    public static CertificateWatch get() {
        return ExtensionList.lookupSingleton(CertificateWatch.class);
    }

    /** Begins the rounds; as SYSTEM, because they use only what was configured for them. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        Schedules.get().every(ROUND, "certificates of nginx", ACL.SYSTEM_USERNAME, () -> get().follow());
        Schedules.get().every(DAY, "end of nginx certificates", ACL.SYSTEM_USERNAME, () -> get().tellEnds());
        Schedules.get().after(FIRST, "end of nginx certificates", ACL.SYSTEM_USERNAME, () -> get().tellEnds());
    }

    /** Why the last round could not renew or bring it; empty when it could. */
    public String problem(NginxCertificate certificate) {
        return problems.getOrDefault(key(certificate), "");
    }

    /** Reads what is followed, and brings every node what is kept here, now. */
    public void follow() {
        List<NginxCertificate> all = NginxConfiguration.get().getCertificates();
        problems.keySet().retainAll(all.stream().map(CertificateWatch::key).collect(Collectors.toSet()));
        try {
            for (NginxCertificate one : all) {
                String problem = "";
                try {
                    follow(one);
                } catch (IOException | Refusal e) {
                    problem = String.valueOf(e.getMessage());
                    LOGGER.log(Level.FINE, "certificate {0}: {1}", new Object[] {key(one), problem});
                }
                problems.put(key(one), problem);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void follow(NginxCertificate one) throws IOException, InterruptedException {
        NginxCluster cluster = cluster(one).orElse(null);
        if (cluster == null) {
            return;
        }
        Optional<CertificatePair> held = CertificateDesk.held(one);
        CertificateDesk desk = new CertificateDesk(cluster);
        if (one.isFollowed()) {
            CertificatePair found = SecretPair.read(one);
            if (held.isEmpty() || !held.get().version().equals(found.version())) {
                desk.put(one);
                return;
            }
        }
        if (held.isPresent() && !desk.nodes(one.id()).isShown(held.get().version())) {
            desk.nodes(one.id()).bring(held.get(), null);
        }
    }

    /** Tells of every certificate that ends soon, or has ended, once for each of the days before. */
    public void tellEnds() {
        for (NginxCertificate one : NginxConfiguration.get().getCertificates()) {
            CertificateDesk.held(one).ifPresent(pair -> tellEnd(one, pair));
        }
    }

    private static void tellEnd(NginxCertificate one, CertificatePair pair) {
        long left = pair.facts().daysLeft(Instant.now());
        List<String> mark = left < 0
                ? List.of(pair.version() + " ended")
                : DAYS.stream()
                        .filter(days -> left < days)
                        .findFirst()
                        .map(days -> List.of(pair.version() + " " + days))
                        .orElse(List.of());
        try {
            if (!new ToldDrift(one.getNginx(), "certificate " + one.id()).isNews(mark)) {
                return;
            }
            AuditLine.of("certificate.ends", one.getNginx() + "/" + one.id())
                    .tenant(one.getTenant())
                    .after(CertificateDesk.json(pair.facts()).toString())
                    .done();
            LOGGER.log(Level.WARNING, "The certificate {0} of nginx cluster {1} ends on {2}", new Object[] {
                one.id(), one.getNginx(), pair.facts().notAfter()
            });
            NginxCluster cluster = cluster(one).orElse(null);
            if (cluster != null) {
                tellApplications(
                        one, pair, new CertificateDesk(cluster).nodes(one.id()).routes(), left);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot tell everybody that certificate " + one.id() + " ends", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tellApplications(NginxCertificate one, CertificatePair pair, List<Route> routes, long left)
            throws IOException {
        Localizable title = left < 0
                ? Messages._CertificateWatch_ended(one.getName())
                : Messages._CertificateWatch_ends(one.getName(), left);
        for (Route route : routes) {
            RouteOwner owner = route.owner();
            Application application = SheraConfiguration.get().application(owner.tenant(), owner.application());
            if (application != null) {
                String page = "/shera/tenant/" + owner.tenant() + "/nginx/#"
                        + URLEncoder.encode(one.getNginx(), StandardCharsets.UTF_8);
                TimelineEntry entry = TimelineEntry.now(
                        TimelineEntry.Kind.ALERT,
                        title,
                        route.host() + ", " + pair.facts().notAfter(),
                        "",
                        owner.environment());
                Timelines.get().append(application, entry.linked(one.getNginx(), page));
            }
        }
    }

    private static Optional<NginxCluster> cluster(NginxCertificate one) {
        return NginxConfiguration.get().getClusters().stream()
                .filter(cluster -> cluster.getId().equals(one.getNginx()))
                .findFirst();
    }

    private static String key(NginxCertificate one) {
        return one.getNginx() + " " + one.id();
    }
}
