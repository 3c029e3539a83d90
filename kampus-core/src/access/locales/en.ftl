role-reader = Reader
role-contributor = Contributor
role-editor = Editor
role-publisher = Publisher
role-manager = Manager
status-draft = a draft
status-in_review = in review
status-published = published, but outside its schedule
status-archived = archived
principal-person = you ({ $id })
principal-post = the post { $id }
principal-group = the group { $id }
principal-unit = { $id }
principal-everyone = all staff
allowed-grant = Yes: the role { $role } on { $scope } was given to { $principal } (rule { $rule }).
allowed-grant-via = Yes: the role { $role } on { $scope } was given to { $principal }, to which you belong through { $via } (rule { $rule }).
allowed-visibility = Yes: { $scope } is open to { $principal } (rule { $rule }).
allowed-administration = Yes: the platform's administrators look after { $scope } (rule { $rule }).
allowed-break_glass = Yes: you broke the glass of { $scope } and gave a reason; it lasts an hour and its managers are told (rule { $rule }).
allowed-own = Yes: it is your own (rule { $rule }).
allowed-door = Yes: this is open to you without a grant (rule { $rule }).
denied-active_service = No: only people in active service may do anything (rule { $rule }).
denied-thing = No: there is no such thing (rule { $rule }).
denied-role = No: this needs the role { $needed }; you have none here (rule { $rule }).
denied-role-held = No: this needs the role { $needed }; you are { $held } (rule { $rule }).
denied-publication = No: it is { $status } (rule { $rule }).
denied-own_role = No: it is classified, and needs a role given to you in that very place (rule { $rule }).
denied-clearance = No: it needs a clearance for security class IV (rule { $rule }).
denied-invitation = No: guests reach only the workspaces that invited them (rule { $rule }).
denied-open_comments = No: comments are closed (rule { $rule }).
denied-active_workspace = No: the workspace is archived (rule { $rule }).
denied-applicable = No: that cannot be done to such a thing (rule { $rule }).
denied-staff = No: guests join by invitation only (rule { $rule }).
denied-part = No: you broke the glass, and that lets you read, not take part (rule { $rule }).
could-give = { $count ->
    [one] { $count } person can give it: { $people }.
   *[other] { $count } people can give it: { $people }.
}
