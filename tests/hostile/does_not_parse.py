# ends: raised
# says: SyntaxError
def program(:
    return <script>alert(1)</script>
