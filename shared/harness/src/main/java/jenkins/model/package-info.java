/** Jenkins itself and what its items and settings share. */
package jenkins.model;
