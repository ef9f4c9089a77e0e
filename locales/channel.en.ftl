### What a channel says by itself

channel-may-repeat = (this may be a repeat: I stopped while sending it)
channel-press-slow = Still working on it. The message will show the result.
refresh-timed-out = another run has been computing it for more than a minute
channel-act-chat = Ack or snooze it in the chat: { $command }
channel-act-api = Ack it by the API: POST { $url }
channel-fact-alert = Alert
channel-fact-metric = Metric
channel-fact-opened = Opened
inline-stranger = I do not know you yet. Ask for access
