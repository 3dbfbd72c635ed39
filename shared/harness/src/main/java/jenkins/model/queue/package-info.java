/** Tasks that go on without a thread. */
package jenkins.model.queue;
