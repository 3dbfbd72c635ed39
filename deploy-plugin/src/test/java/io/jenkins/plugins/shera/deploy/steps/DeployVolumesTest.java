package io.jenkins.plugins.shera.deploy.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.storage.StorageKinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.platform.config.Quota;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Volumes by the step, as the tenant may have them, in the cluster that KUBECONFIG names. */
@Tag("cluster")
@WithJenkins
class DeployVolumesTest {

    private static WorkflowRun run(JenkinsRule jenkins, WorkflowJob job, Result result, String volumes)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: 0, volumes: [" + volumes
                        + "])",
                true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    private static void tenant(String storageClass, String storage) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            Tenant tenant = SheraConfiguration.get().tenant("retail");
            tenant.setStorageClasses(List.of(storageClass));
            Quota quota = new Quota();
            quota.setStorage(storage);
            tenant.setQuota(quota);
            SheraConfiguration.get().setTenants(List.of(tenant));
        }
    }

    @Test
    void aBuildGetsTheVolumesItsTenantMayHave(JenkinsRule jenkins) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            WorkflowJob job = ShopTenant.job(cluster, jenkins, false, "echo 'set below'");
            String data =
                    "volume(name: 'data', mountPath: '/data', size: '16Mi', storageClass: 'csi-hostpath', group: 1000)";
            tenant("ceph.rbd", "");
            jenkins.assertLogContains(
                    "csi-hostpath, which this tenant may not use. Give one of [ceph.rbd]",
                    run(jenkins, job, Result.FAILURE, data));
            tenant("csi-hostpath", "15Mi");
            jenkins.assertLogContains(
                    "16 MiB more of storage would go over the tenant's quota", run(jenkins, job, Result.FAILURE, data));
            jenkins.assertLogContains(
                    "cannot be the parameter mountPath of a volume",
                    run(jenkins, job, Result.FAILURE, "volume(name: 'data', mountPath: '/proc', size: '1Mi')"));
            assertThat(cluster.api().list(StorageKinds.CLAIM, cluster.namespace(), "", ""))
                    .isEmpty();

            tenant("csi-hostpath", "16Mi");
            WorkflowRun run = run(jenkins, job, Result.SUCCESS, data);
            jenkins.assertLogContains("the strategy is Recreate", run);
            jenkins.assertLogContains("Volume shop-data: ", run);
            JsonNode claim =
                    cluster.api().get(new ObjectRef(StorageKinds.CLAIM, cluster.namespace(), "shop-data").path());
            assertThat(claim.at("/metadata/annotations/shera.io~1tenant").asText())
                    .isEqualTo("retail");
            run(jenkins, job, Result.SUCCESS, data);
            assertThat(cluster.api()
                            .get(new ObjectRef(StorageKinds.CLAIM, cluster.namespace(), "shop-data").path())
                            .at("/metadata/uid"))
                    .isEqualTo(claim.at("/metadata/uid"));
        }
    }
}
