/**
 * Kubernetes for the suite: connections, manifests, plan and apply, and the state of a rollout.
 *
 * <p>All requests this package ever sends, so that a stand-in for a cluster can answer them:
 *
 * <pre>
 * GET    /version
 * POST   /apis/authorization.k8s.io/v1/selfsubjectaccessreviews
 * GET    /apis/GROUP/VERSION, /api/v1                         discovery, only for kinds {@link
 *                                                             io.jenkins.plugins.shera.kube.api.Kinds} does not know
 * GET    one object by its path                               (no query)
 * GET    a list of objects                                    ?labelSelector= ?fieldSelector= ?limit=500 ?continue=
 *        asked for pods, replicasets, events
 * PATCH  one object, Content-Type application/apply-patch+yaml (the body is JSON),
 *        ?fieldManager=shera&amp;force=false, and dryRun=All when planning
 * DELETE one object, body DeleteOptions with preconditions.uid and propagationPolicy Background
 * GET    /api/v1/namespaces/NS/pods/POD/log                   ?container= ?tailLines= ?limitBytes= ?previous=true
 * GET    /api/v1/namespaces/NS/pods/POD/exec, .../attach      a WebSocket of v5.channel.k8s.io or v4.channel.k8s.io,
 *                                                             ?container= ?command= ?stdin= ?stdout= ?stderr= ?tty=
 * GET    services, endpointslices of one namespace            ?watch=true and what the library's informers add
 * </pre>
 */
package io.jenkins.plugins.shera.kube;
