/** The applications a person wants to see first. */
package io.jenkins.plugins.shera.platform.favourites;
