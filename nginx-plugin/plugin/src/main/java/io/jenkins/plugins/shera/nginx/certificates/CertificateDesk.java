package io.jenkins.plugins.shera.nginx.certificates;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.util.Secret;
import io.jenkins.plugins.shera.nginx.config.NginxCertificate;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.tls.CertificateFacts;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.tls.InvalidCertificateException;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts, renews, gives out and forgets certificates of an nginx cluster. The caller checked who may. */
public final class CertificateDesk {
    private static final Object CHANGES = new Object();

    private final NginxCluster cluster;

    /** Of this cluster. */
    public CertificateDesk(NginxCluster cluster) {
        this.cluster = cluster;
    }

    /** What a tenant may show: its own first, then those of the platform. */
    public Optional<NginxCertificate> find(String tenant, String name) {
        NginxConfiguration all = NginxConfiguration.get();
        return all.certificate(cluster.getId(), tenant + "/" + name)
                .or(() -> all.certificate(cluster.getId(), "/" + name));
    }

    /** Those that this tenant may show, its own among them. */
    public List<NginxCertificate> visible(String tenant) {
        return NginxConfiguration.get().getCertificates().stream()
                .filter(one -> one.getNginx().equals(cluster.getId()))
                .filter(one -> one.getTenant().isEmpty() || one.getTenant().equals(tenant))
                .toList();
    }

    /**
     * Judges the certificate, brings it to every node that shows its namesake, and keeps it; nothing changes when one refuses.
     *
     * @return what everybody may know of it
     */
    public CertificateFacts put(NginxCertificate wanted) throws IOException, InterruptedException {
        AuditLine line = AuditLine.of("certificate.put", cluster.getId() + wanted(wanted))
                .tenant(wanted.getTenant());
        synchronized (CHANGES) {
            CertificatePair pair = judged(wanted);
            NginxCertificate before = NginxConfiguration.get()
                    .certificate(cluster.getId(), wanted.id())
                    .orElse(null);
            try {
                bring(wanted, pair, before == null ? null : held(before).orElse(null));
            } catch (IOException e) {
                line.failed(e.getMessage());
                throw e;
            }
            NginxConfiguration.get().keep(wanted.holding(pair));
            if (before != null) {
                held(before)
                        .ifPresent(earlier -> line.before(json(earlier.facts()).toString()));
            }
            line.after(json(pair.facts()).put("secret", wanted.getSecret()).toString())
                    .done();
            return pair.facts();
        }
    }

    private static String wanted(NginxCertificate wanted) {
        return wanted.getTenant().isEmpty() ? wanted.id() : "/" + wanted.id();
    }

    /** Certificate and key of the request, or of the Secret. */
    private static CertificatePair judged(NginxCertificate wanted) {
        wanted.check();
        if (wanted.isFollowed()) {
            return SecretPair.read(wanted);
        }
        try {
            return CertificatePair.of(wanted.getChain(), Secret.toString(wanted.getKey()), Instant.now());
        } catch (InvalidCertificateException e) {
            throw Refusal.input("chain", e.getMessage(), "");
        }
    }

    private void bring(NginxCertificate wanted, CertificatePair pair, CertificatePair before)
            throws IOException, InterruptedException {
        CertificateNodes nodes = nodes(wanted.id());
        List<Route> routes = nodes.routes();
        for (Route route : routes) {
            for (String host : route.hosts()) {
                requireCovered(pair, wanted.getName(), host);
            }
        }
        if (!routes.isEmpty()) {
            nodes.bring(pair, before);
        }
    }

    CertificateNodes nodes(String id) {
        return cluster.isKubeng() ? new KubengCertificates(cluster, id) : new PushedNodes(cluster, id);
    }

    /** Refuses a certificate that browsers would not take for this host. */
    public static void requireCovered(CertificatePair pair, String name, String host) {
        if (!pair.facts().covers(host)) {
            throw Refusal.input(
                    "certificate " + name,
                    Messages.CertificateDesk_names(
                            host, String.join(", ", pair.facts().names())),
                    Messages.CertificateDesk_names_next());
        }
    }

    /** The pair that a route of this host shows now; refuses what is over or not good for it. */
    public CertificatePair toShow(NginxCertificate certificate, String host) {
        CertificatePair pair = held(certificate)
                .orElseThrow(() -> Refusal.conflict(
                        "certificate " + certificate.getName(),
                        Messages.CertificateDesk_unread(certificate.getSecret()),
                        Messages.CertificateDesk_unread_next()));
        requireCovered(pair, certificate.getName(), host);
        try {
            return CertificatePair.of(pair.chain(), pair.key(), Instant.now());
        } catch (InvalidCertificateException e) {
            throw Refusal.conflict("certificate " + certificate.getName(), e.getMessage(), "");
        }
    }

    /** Certificate and key as they are kept; empty where there are none that can be read. */
    public static Optional<CertificatePair> held(NginxCertificate certificate) {
        try {
            return certificate.pair();
        } catch (InvalidCertificateException e) {
            return Optional.empty();
        }
    }

    /** Forgets it, unless a route shows it. */
    public void forget(NginxCertificate unwanted) throws IOException, InterruptedException {
        synchronized (CHANGES) {
            List<Route> routes = nodes(unwanted.id()).routes();
            if (!routes.isEmpty()) {
                throw Refusal.conflict(
                        "certificate " + unwanted.getName(),
                        Messages.CertificateDesk_used(routes.size()),
                        Messages.CertificateDesk_used_next());
            }
            NginxConfiguration.get().forget(unwanted);
        }
        AuditLine line = AuditLine.of("certificate.delete", cluster.getId() + wanted(unwanted))
                .tenant(unwanted.getTenant());
        held(unwanted).ifPresent(pair -> line.before(json(pair.facts()).toString()));
        line.done();
    }

    /** Everything of the cluster that its nodes may need to be given back. */
    public List<CertificatePair> all() {
        return NginxConfiguration.get().getCertificates().stream()
                .filter(one -> one.getNginx().equals(cluster.getId()))
                .map(CertificateDesk::held)
                .flatMap(Optional::stream)
                .toList();
    }

    /** As programs and the audit trail get it. */
    public static ObjectNode json(CertificateFacts facts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("subject", facts.subject());
        facts.names().forEach(json.putArray("names")::add);
        json.put("issuer", facts.issuer());
        json.put("notBefore", facts.notBefore().toString());
        json.put("notAfter", facts.notAfter().toString());
        json.put("daysLeft", facts.daysLeft(Instant.now()));
        json.put("fingerprint", facts.fingerprint());
        return json;
    }
}
