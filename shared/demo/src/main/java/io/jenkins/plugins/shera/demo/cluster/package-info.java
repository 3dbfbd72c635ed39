/**
 * A sandbox that answers the Kubernetes API as far as the suite speaks it, and really runs each pod, as a process of this
 * machine from the image's unpacked layers. It isolates nothing and schedules nothing: it is for looking, not for work.
 */
package io.jenkins.plugins.shera.demo.cluster;
