/** What is seen of built images on Jenkins' pages. */
package io.jenkins.plugins.shera.build.pages;
