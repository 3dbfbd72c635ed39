/** From Ingress and HTTPRoute objects to typed routes; what nginx cannot do is refused with the reason. */
package io.jenkins.plugins.shera.nginx.objects;
