package io.jenkins.plugins.shera.build.pages;

import hudson.Extension;
import hudson.model.Api;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.shera.build.config.StatementKey;
import io.jenkins.plugins.shera.build.config.StatementKeys;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/**
 * The public keys by which anybody verifies our statements, for everybody: {@code /shera-keys/cosign.pub} is the one in use,
 * {@code /shera-keys/api/json} has them all. Rotation and revocation need SheRa/Administer.
 */
@Extension
@ExportedBean
public class StatementKeysAction implements UnprotectedRootAction {

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return "shera-keys";
    }

    /** Jenkins' own remote API. */
    public Api getApi() {
        return new Api(this);
    }

    /** Every key, the one in use last. */
    @Exported
    public List<StatementKey> getKeys() throws IOException {
        return StatementKeys.get().all();
    }

    /** The key in use, as {@code cosign verify --key} takes it. */
    @GET
    @WebMethod(name = "cosign.pub")
    public HttpResponse doCosignPub() throws IOException {
        return HttpResponses.text(StatementKeys.get().signer().trusted().pem());
    }

    /** Signs by a new key from now on. */
    @RequirePOST
    public HttpResponse doRotate(StaplerRequest2 request) {
        return write(request, "keys.rotate", "").run(fields -> {
            fields.done();
            StatementKey key = StatementKeys.get().rotate();
            AuditLine.of("keys.rotate", key.getId()).done();
            return JsonAnswer.ok().put("id", key.getId());
        });
    }

    /** Trusts nothing any more that the key {@code id} signed. */
    @RequirePOST
    public HttpResponse doRevoke(StaplerRequest2 request) {
        return write(request, "keys.revoke", "").run(fields -> {
            String id = fields.text("id");
            fields.done();
            StatementKeys.get().revoke(id);
            AuditLine.of("keys.revoke", id).done();
            return JsonAnswer.ok().put("id", id);
        });
    }

    private static WebWrite write(StaplerRequest2 request, String what, String subject) {
        return WebWrite.of(request, what, subject).permitted(SheraPermissions.ADMINISTER, Jenkins.get()::hasPermission);
    }
}
