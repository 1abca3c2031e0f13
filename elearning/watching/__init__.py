"""What an operator watches: figures of the site, heartbeats, tasks that failed."""
