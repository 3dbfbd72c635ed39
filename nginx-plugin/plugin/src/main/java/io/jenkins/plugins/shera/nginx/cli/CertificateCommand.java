package io.jenkins.plugins.shera.nginx.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.security.Permission;
import hudson.util.Secret;
import io.jenkins.plugins.shera.nginx.certificates.CertificateDesk;
import io.jenkins.plugins.shera.nginx.config.NginxCertificate;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.tls.CertificateFacts;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-nginx-certificate TENANT CLUSTER [NAME [-delete | -secret CLUSTER/NAMESPACE/NAME] [-platform]]}: without a name lists
 * certificates, one a line; with one puts it from PEM on the standard input, chain and key together, follows a Secret, or deletes it.
 */
@Extension
public class CertificateCommand extends CLICommand {
    private static final int LONGEST = 128 * 1024;

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "CLUSTER", required = true, usage = "id of the nginx cluster")
    public String cluster = "";

    @Argument(index = 2, metaVar = "NAME", usage = "name of the certificate; all are listed when left out")
    public String name = "";

    @Option(name = "-delete", usage = "delete it, unless a route shows it")
    public boolean delete;

    @Option(name = "-secret", usage = "follow this Secret, as cluster/namespace/name, in place of reading PEM")
    public String secret = "";

    @Option(name = "-platform", usage = "a certificate for every tenant of the cluster; for administrators")
    public boolean platform;

    @Override
    public String getName() {
        return "shera-nginx-certificate";
    }

    @Override
    public String getShortDescription() {
        return Messages.CertificateCommand_description();
    }

    @Override
    protected int run() throws InterruptedException {
        try {
            CertificateDesk desk = new CertificateDesk(found());
            if (name.isEmpty()) {
                desk.visible(tenant).forEach(one -> stdout.println(line(one)));
                return 0;
            }
            require(SheraPermissions.ROUTE);
            if (platform && !Jenkins.get().hasPermission(SheraPermissions.ADMINISTER)) {
                throw Refusal.forbidden(
                        "-platform",
                        Messages.CertificateCommand_platform(),
                        Messages.CertificateCommand_platform_next());
            }
            change(desk);
            return 0;
        } catch (Refusal | IOException e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    private void change(CertificateDesk desk) throws IOException, InterruptedException {
        NginxCertificate named = new NginxCertificate(cluster, name);
        named.setTenant(platform ? "" : tenant);
        if (delete) {
            desk.forget(desk.visible(tenant).stream()
                    .filter(one -> one.id().equals(named.id()))
                    .findFirst()
                    .orElseThrow(() -> Refusal.unknown(
                            "NAME",
                            Messages.CertificateCommand_unknown(name),
                            Messages.CertificateCommand_unknown_next())));
            return;
        }
        named.setSecret(secret);
        if (secret.isEmpty()) {
            String pem = new String(stdin.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
            named.setChain(pem);
            named.setKey(Secret.fromString(pem));
        }
        CertificateFacts facts = desk.put(named);
        stdout.println(name + "\t" + facts.fingerprint() + "\t" + facts.notAfter());
    }

    /** The same words whether tenant or cluster are unknown or hidden. */
    private NginxCluster found() {
        require(SheraPermissions.VIEW);
        return NginxConfiguration.get()
                .clusterFor(cluster, tenant)
                .orElseThrow(() -> Refusal.unknown(
                        "cluster " + cluster,
                        Messages.CertificateCommand_cluster(tenant),
                        Messages.CertificateCommand_cluster_next()));
    }

    private void require(Permission permission) {
        Tenant of = SheraConfiguration.get().tenant(tenant);
        if (of == null || !TenantFolder.allows(of, permission)) {
            throw Refusal.forbidden(
                    "tenant " + tenant,
                    Messages.CertificateCommand_permission(permission.name),
                    Messages.CertificateCommand_permission_next());
        }
    }

    private static String line(NginxCertificate one) {
        List<String> parts = CertificateDesk.held(one)
                .map(CertificatePair::facts)
                .map(facts -> List.of(
                        String.join(",", facts.names()),
                        facts.notAfter().toString(),
                        String.valueOf(facts.daysLeft(Instant.now())),
                        facts.fingerprint()))
                .orElse(List.of("-", "-", "-", "-"));
        return one.getName() + "\t" + (one.getTenant().isEmpty() ? "platform" : "own") + "\t" + String.join("\t", parts)
                + "\t" + (one.isFollowed() ? one.getSecret() : "-");
    }
}
