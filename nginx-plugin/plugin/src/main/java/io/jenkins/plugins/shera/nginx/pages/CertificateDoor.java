package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.util.Secret;
import io.jenkins.plugins.shera.nginx.certificates.CertificateDesk;
import io.jenkins.plugins.shera.nginx.certificates.CertificateWatch;
import io.jenkins.plugins.shera.nginx.config.NginxCertificate;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** Lists, puts and deletes certificates of an nginx cluster: a tenant its own, an administrator those of the platform. Keys only come in. */
final class CertificateDoor {
    private final Tenant tenant;
    private final Function<String, NginxCluster> clusters;

    /** The function gives a cluster of the tenant, or refuses. */
    CertificateDoor(Tenant tenant, Function<String, NginxCluster> clusters) {
        this.tenant = tenant;
        this.clusters = clusters;
    }

    private interface Work {
        ObjectNode by(CertificateDesk desk, NginxCertificate named, Fields fields)
                throws IOException, InterruptedException;
    }

    ObjectNode list(NginxCluster cluster) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("cluster", cluster.getId());
        body.put("mayPut", TenantFolder.allows(tenant, SheraPermissions.ROUTE));
        body.put("mayPlatform", Jenkins.get().hasPermission(SheraPermissions.ADMINISTER));
        ArrayNode all = body.putArray("certificates");
        for (NginxCertificate one : new CertificateDesk(cluster).visible(tenant.getId())) {
            ObjectNode json = CertificateDesk.held(one)
                    .map(pair -> CertificateDesk.json(pair.facts()))
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            json.put("name", one.getName());
            json.put("platform", one.getTenant().isEmpty());
            json.put("secret", one.getSecret());
            json.put("problem", CertificateWatch.get().problem(one));
            all.add(json);
        }
        return body;
    }

    HttpResponse put(StaplerRequest2 request) {
        return write(request, "certificate.put", (desk, named, fields) -> {
            named.setChain(fields.text("chain"));
            String key = fields.text("key");
            named.setKey(key.isEmpty() ? null : Secret.fromString(key));
            named.setSecret(fields.text("secret"));
            fields.done();
            ObjectNode facts = CertificateDesk.json(desk.put(named));
            ObjectNode answer = JsonAnswer.ok();
            answer.set("certificate", facts);
            return answer;
        });
    }

    HttpResponse delete(StaplerRequest2 request) {
        return write(request, "certificate.delete", (desk, named, fields) -> {
            fields.done();
            NginxCertificate found = desk.visible(tenant.getId()).stream()
                    .filter(one -> one.id().equals(named.id()))
                    .findFirst()
                    .orElseThrow(() -> Refusal.unknown(
                            "name",
                            Messages.certificate_unknown(named.getName()),
                            Messages.certificate_unknown_next()));
            desk.forget(found);
            return JsonAnswer.ok();
        });
    }

    private HttpResponse write(StaplerRequest2 request, String what, Work work) {
        return WebWrite.of(request, what, "")
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ROUTE, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    NginxCluster cluster = clusters.apply(fields.text("nginx"));
                    NginxCertificate named = new NginxCertificate(cluster.getId(), fields.text("name"));
                    boolean platform = fields.flag("platform");
                    if (platform && !Jenkins.get().hasPermission(SheraPermissions.ADMINISTER)) {
                        throw Refusal.forbidden(
                                "platform", Messages.certificate_platform(), Messages.certificate_platform_next());
                    }
                    named.setTenant(platform ? "" : tenant.getId());
                    try {
                        return work.by(new CertificateDesk(cluster), named, fields);
                    } catch (IOException e) {
                        throw Refusal.conflict("certificate " + named.getName(), e.getMessage(), "");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("interrupted", e);
                    }
                });
    }
}
