# Input: what `kpic reconcile` says of the page that alter.jq made. $made: what alter.jq made, in a list.
# Output: a line for each alteration that changes nothing of what is said of its row.

def said($row):
    [.messages[] | select(.line >= $row.from and .line <= $row.to) | .code + " " + .message];

. as $result
| (reduce ($made[0].rows[] | select(.altered == null)) as $row ({};
      .[$row.measure] = ($result | said($row)))) as $right
| $made[0].rows[]
| select(.altered)
| . as $row
| select(($result | said($row)) - $right[.measure] == [])
| "\(.measure): \(.altered)"
