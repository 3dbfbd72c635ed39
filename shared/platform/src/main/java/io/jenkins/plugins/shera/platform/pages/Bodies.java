package io.jenkins.plugins.shera.platform.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.EnvironmentValue;
import io.jenkins.plugins.shera.platform.config.Freeze;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.Quota;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.config.TerminalPolicy;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Turns the fields of a request into what is stored; docs/rest.md lists them. */
final class Bodies {

    private Bodies() {}

    /** The name a thing already has; a request may repeat it, not change it. */
    static String same(String field, String name, Fields fields) {
        String given = fields.text(field);
        if (!given.isEmpty() && !given.equals(name)) {
            throw Refusal.input(
                    fields.where(field),
                    io.jenkins.plugins.shera.platform.Messages.Bodies_renamed(name),
                    io.jenkins.plugins.shera.platform.Messages.Bodies_renamed_next());
        }
        return name;
    }

    static Tenant tenant(String id, Fields fields) {
        Tenant tenant = new Tenant(id);
        tenant.setDisplayName(fields.text("displayName"));
        tenant.setDisplayNameZh(fields.text("displayNameZh"));
        tenant.setFolder(fields.text("folder"));
        tenant.setClusters(fields.texts("clusters"));
        tenant.setRegistries(fields.texts("registries"));
        tenant.setNamespaces(fields.objects(
                "namespaces", each -> new TenantNamespace(each.text("cluster"), each.text("namespace"))));
        tenant.setGrantedJobs(fields.texts("grantedJobs"));
        tenant.setStorageClasses(fields.texts("storageClasses"));
        tenant.setQuota(fields.object("quota", new Quota(), Bodies::quota));
        tenant.setFreezes(fields.objects("freezes", Bodies::freeze));
        return tenant;
    }

    /** The answer with what is allowed and yet may be a slip: {@code "warnings": [{where, why, next}]}. */
    static ObjectNode warned(Tenant tenant, ObjectNode answer) {
        if (TenantFolder.of(tenant) == null) {
            answer.withArray("warnings")
                    .addObject()
                    .put("where", "folder")
                    .put("why", io.jenkins.plugins.shera.platform.Messages.ReferenceRules_folder(tenant.getFolder()))
                    .put("next", io.jenkins.plugins.shera.platform.Messages.ReferenceRules_folder_next());
        }
        return answer;
    }

    private static Freeze freeze(Fields fields) {
        Freeze freeze = new Freeze(fields.text("name"));
        freeze.setDays(fields.text("days"));
        freeze.setDates(fields.texts("dates"));
        freeze.setFrom(fields.text("from"));
        freeze.setTo(fields.text("to"));
        freeze.setZone(fields.text("zone"));
        freeze.setEnvironments(fields.text("environments"));
        return freeze;
    }

    private static Quota quota(Fields fields) {
        Quota quota = new Quota();
        quota.setCpu(fields.text("cpu"));
        quota.setMemory(fields.text("memory"));
        quota.setPods(fields.text("pods"));
        quota.setStorage(fields.text("storage"));
        return quota;
    }

    /** {@code environments} is what the application keeps when the request names none. */
    static Application application(String tenant, String name, List<Environment> environments, Fields fields) {
        Application application = new Application(tenant, name);
        application.setDisplayName(fields.text("displayName"));
        application.setDescription(fields.text("description"));
        application.setRepository(fields.text("repository"));
        application.setEnvironments(
                fields.has("environments")
                        ? fields.objects("environments", each -> environment(each.text("name"), each))
                        : environments);
        return application;
    }

    static Environment environment(String name, Fields fields) {
        Environment environment = new Environment(name, fields.text("cluster"), fields.text("namespace"));
        environment.setPolicy(fields.object("policy", new EnvironmentPolicy(), Bodies::policy));
        List<EnvironmentValue> values = new ArrayList<>();
        fields.map("values").forEach((key, value) -> values.add(new EnvironmentValue(key, value)));
        environment.setValues(values);
        return environment;
    }

    private static EnvironmentPolicy policy(Fields fields) {
        EnvironmentPolicy policy = new EnvironmentPolicy();
        policy.setRequirePromote(fields.flag("requirePromote"));
        policy.setRequireApproval(fields.flag("requireApproval"));
        policy.setPodSecurity(fields.text("podSecurity"));
        policy.setImages(fields.text("images"));
        policy.setWarnOnly(fields.flag("warnOnly"));
        policy.setTerminal(fields.object("terminal", new TerminalPolicy(), Bodies::terminal));
        return policy;
    }

    private static TerminalPolicy terminal(Fields fields) {
        TerminalPolicy policy = new TerminalPolicy();
        policy.setBuilds(fields.flag("builds"));
        policy.setContainers(fields.texts("containers"));
        policy.setRequireReason(fields.flag("requireReason"));
        policy.setRequireApproval(fields.flag("requireApproval"));
        policy.setRecord(fields.flag("record"));
        return policy;
    }

    static KubernetesCluster cluster(String id, Fields fields) {
        KubernetesCluster cluster = new KubernetesCluster(id);
        cluster.setServer(fields.text("server"));
        cluster.setCaCertificate(fields.text("caCertificate"));
        cluster.setCredentialsId(fields.text("credentialsId"));
        cluster.setImpersonation(fields.flag("impersonation"));
        cluster.setInsecure(fields.flag("insecure"));
        cluster.setDebugImage(fields.text("debugImage"));
        cluster.setTenantAccess(fields.objects(
                "tenantAccess", each -> new TenantLogin(each.text("tenant"), each.text("credentialsId"))));
        return cluster;
    }

    static ContainerRegistry registry(String id, Fields fields) {
        ContainerRegistry registry = new ContainerRegistry(id, fields.text("address"));
        registry.setPullAddress(fields.text("pullAddress"));
        registry.setCredentialsId(fields.text("credentialsId"));
        registry.setInsecure(fields.flag("insecure"));
        registry.setCaCertificate(fields.text("caCertificate"));
        return registry;
    }
}
