package io.jenkins.plugins.shera.deploy.rollout;

import io.jenkins.plugins.shera.deploy.pod.Accounts;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import java.util.Optional;

/** Keeps a deployment from running its pods as a service account that the tenant may not use. */
final class AllowedAccount {

    private AllowedAccount() {}

    static void refuse(KubeApi api, DeployRequest request) throws DeployException, KubeException {
        Optional<String> refusal = new Accounts(
                        api, request.namespace(), request.origin().tenant())
                .refusal(request.spec().pod().serviceAccount());
        if (refusal.isPresent()) {
            throw new DeployException("Cannot deploy " + request + ", so nothing was changed: " + refusal.get(), null);
        }
    }
}
